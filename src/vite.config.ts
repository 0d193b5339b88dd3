import path from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  logLevel: 'warn',
  build: {
    target: 'es2024',
    // Browsers that know light-dark(): a slide on a ground of its own has a scheme of its own.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsDir: 'app',
    assetsInlineLimit: 0,
    // How long it takes is nothing to who starts a talk.
    rolldownOptions: {
      checks: { pluginTimings: false },
      // The second runs before the first paint, alone.
      input: [
        path.join(import.meta.dirname, 'index.html'),
        path.join(import.meta.dirname, 'firstLook.ts'),
      ],
    },
    modulePreload: { polyfill: false },
    emptyOutDir: true,
  },
});
