import { test as base } from '@playwright/test';
import { serve } from '../helpers/serve.ts';

/** Tests that start companions of their own; all are stopped, also when a test fails. */
export const test = base.extend<{ start: typeof serve }>({
  start: async ({ browserName: _ }, use) => {
    const started: Awaited<ReturnType<typeof serve>>[] = [];
    await use(async (...args) => {
      const served = await serve(...args);
      started.push(served);
      return served;
    });
    await Promise.all(started.map((served) => served.stop()));
  },
});
