import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  logLevel: 'warn',
  build: {
    target: 'es2024',
    assetsDir: 'app',
    assetsInlineLimit: 0,
    // How long it takes is nothing to who starts a talk.
    rolldownOptions: { checks: { pluginTimings: false } },
    modulePreload: { polyfill: false },
    emptyOutDir: true,
  },
});
