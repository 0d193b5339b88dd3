import { type Bench, SPEEDS } from './bench.ts';
import type { Figure } from './figure.ts';
import { alternate, median } from './sample.ts';
import { firstPaint, visit } from './visit.ts';

/** From the start of the navigation to the first contentful paint of slide 0. */
export const paint: Bench = async ({ browser, ours, plain, runs }) => {
  const figures: Figure[] = [];
  for (const cpu of SPEEDS) {
    const measure = (address: string) => () =>
      visit(browser, { address, cpu }, async (page) => {
        await page.goto(address);
        return firstPaint(page);
      });
    const found = await alternate(runs, {
      ours: measure(ours.address),
      plain: measure(plain.address),
    });
    figures.push({
      what: `first contentful paint, CPU ${cpu}×`,
      unit: 'ms',
      ours: median(found.ours),
      plain: median(found.plain),
      goal: { of: 'ratio', most: 0.6 },
    });
  }
  return figures;
};
