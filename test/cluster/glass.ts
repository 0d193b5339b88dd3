import type { Browser, JSHandle, Page } from '@playwright/test';

/** A page of the talk on one slide with a diagram, and a diary of what it showed. */
export interface Glass {
  slide: number;
  /**
   * What has changed, oldest first: `Kustomization progressing`, `Git Host → Webhook work` for an
   * edge that is lit, `dot` for one that sets off.
   */
  seen: () => Promise<readonly string[]>;
  /** Begins the diary anew. */
  forget: () => Promise<void>;
  /** Each node that has a status, in the drawing's order: `K8s ready`. */
  statuses: () => Promise<readonly string[]>;
  /** Whether nothing is under way in the picture: no dot, no edge lit. */
  isAtRest: () => Promise<boolean>;
  /** Says what the pictures are of: a cluster or a recording. */
  badge: () => Promise<string>;
  press: (key: string) => Promise<void>;
  close: () => Promise<void>;
}

const DIAGRAM = 'section.present .diagram svg';

export async function openGlass(browser: Browser, address: string, slide: number): Promise<Glass> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.goto(`${address}#/${slide}`);
  await page.waitForSelector('.reveal.ready');
  const diary = await keepDiary(page);
  return {
    slide,
    seen: () => diary.evaluate((lines) => [...lines]),
    forget: () => diary.evaluate((lines) => void lines.splice(0)),
    statuses: () =>
      page
        .locator(`${DIAGRAM} [data-node][data-status]`)
        .evaluateAll((nodes) =>
          nodes.map(
            (node) => `${node.getAttribute('data-label')} ${node.getAttribute('data-status')}`,
          ),
        ),
    isAtRest: async () =>
      (await page.locator(`${DIAGRAM} :is([data-flow], circle.dot)`).count()) === 0,
    badge: () => page.locator('section.present .feed-badge').innerText(),
    press: (key) => page.keyboard.press(key),
    close: () => context.close(),
  };
}

/** Kept in the page, which misses nothing between two looks. */
function keepDiary(page: Page): Promise<JSHandle<string[]>> {
  return page.evaluateHandle((diagram) => {
    const svg = document.querySelector(diagram);
    if (!svg) throw new Error('This slide has no diagram');
    const lines: string[] = [];
    const labelOf = (id: string | null) =>
      svg.querySelector(`[data-node="${id}"]`)?.getAttribute('data-label');
    const look = (element: Element) => {
      const { status, flow, from, to } = (element as SVGElement).dataset;
      if (status) lines.push(`${element.getAttribute('data-label')} ${status}`);
      else if (flow && from && to) lines.push(`${labelOf(from)} → ${labelOf(to)} ${flow}`);
    };
    new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records) {
        if (type === 'attributes') look(target as Element);
        for (const added of addedNodes) if (added.nodeName === 'circle') lines.push('dot');
      }
    }).observe(svg, {
      subtree: true,
      childList: true,
      attributeFilter: ['data-status', 'data-flow'],
    });
    return lines;
  }, DIAGRAM);
}
