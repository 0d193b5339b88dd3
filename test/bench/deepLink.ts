import type { Page } from '@playwright/test';
import { type Bench, SPEEDS } from './bench.ts';
import type { Figure } from './figure.ts';
import { alternate, median } from './sample.ts';
import { visit } from './visit.ts';

const SLIDE = 7;

/** From the start of the navigation to `#/7` to the frame that first shows all of what the slide is about. */
export const deepLink: Bench = async ({ browser, ours, plain, runs }) => {
  const figures: Figure[] = [];
  for (const cpu of SPEEDS) {
    const measure = (address: string, all: string) => () =>
      visit(browser, { address, cpu }, (page) => shown(page, `${address}#/${SLIDE}`, all));
    const slide = `.slides > section:nth-of-type(${SLIDE + 1})`;
    const found = await alternate(runs, {
      ours: measure(ours.address, `${slide} .diagram [data-node]`),
      plain: measure(plain.address, `${slide} p:not(.fragment)`),
    });
    figures.push({
      what: `#/${SLIDE} to the diagram (plain: to its text), CPU ${cpu}×`,
      unit: 'ms',
      ours: median(found.ours),
      plain: median(found.plain),
      goal: { of: 'ratio', most: 1.1 },
    });
  }
  return figures;
};

/** Milliseconds to the end of the first frame in which everything that the selector names is on the glass. */
async function shown(page: Page, address: string, selector: string): Promise<number> {
  await page.addInitScript(markWhenShown, selector);
  await page.goto(address);
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const mark = list.getEntriesByName('shown')[0];
          if (mark) resolve(mark.startTime);
        }).observe({ type: 'mark', buffered: true });
      }),
  );
}

/** Runs in the page, before its own scripts. What is true in a frame is painted when the task after it runs. */
function markWhenShown(selector: string): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => performance.mark('shown');
  const isOnGlass = (element: Element) => {
    const { width, height, left, top } = element.getBoundingClientRect();
    const inside = left >= 0 && top >= 0 && left < innerWidth && top < innerHeight;
    const visible = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    return visible && inside && width > 0 && height > 0;
  };
  const look = () => {
    const elements = [...document.querySelectorAll(selector)];
    if (elements.length > 0 && elements.every(isOnGlass)) port2.postMessage('');
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
