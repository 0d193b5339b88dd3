import type { Page } from '@playwright/test';
import { type Bench, SPEEDS } from './bench.ts';
import type { Figure } from './figure.ts';
import { alternate, median } from './sample.ts';
import { visit } from './visit.ts';

/** Milliseconds since the press. */
interface Answer {
  /** The end of the first frame after it. */
  frame: number;
  /** The end of the frame in which nothing moves any more. */
  rest: number;
}

const KINDS = ['slide', 'step', 'diagram'] as const;
type Kind = (typeof KINDS)[number];

/** From the press of a key to its first frame, and to rest. */
export const keyPress: Bench = async ({ browser, ours, plain, runs }) => {
  const figures: Figure[] = [];
  for (const cpu of SPEEDS) {
    const measure = (address: string) => () =>
      visit(browser, { address, cpu }, (page) => talk(page, address));
    const found = await alternate(runs, {
      ours: measure(ours.address),
      plain: measure(plain.address),
    });
    for (const kind of KINDS) {
      for (const part of ['frame', 'rest'] as const) {
        figures.push({
          what: `key to ${part === 'frame' ? 'the first frame' : 'rest'}, ${kind}, CPU ${cpu}×`,
          unit: 'ms',
          ours: median(found.ours.map((answers) => answers[kind][part])),
          plain: median(found.plain.map((answers) => answers[kind][part])),
        });
      }
    }
  }
  return figures;
};

/** From slide 1 to the next, a step on it, and from slide 6 into the diagram of 7. */
async function talk(page: Page, address: string): Promise<Record<Kind, Answer>> {
  await page.goto(`${address}#/1`, { waitUntil: 'networkidle' });
  await page.waitForSelector('.reveal.ready');
  const slide = await press(page);
  const step = await press(page);
  await page.evaluate(() => location.assign('#/6'));
  await page.waitForFunction(
    () => document.querySelectorAll('.slides > section')[6]?.classList.contains('present') === true,
  );
  await page.waitForFunction(() => document.getAnimations().length === 0);
  const diagram = await press(page);
  return { slide, step, diagram };
}

async function press(page: Page): Promise<Answer> {
  const answer = await page.evaluateHandle(watchPress);
  await page.keyboard.press('ArrowRight');
  return answer.evaluate(({ pressed }) => pressed);
}

/** Runs in the page: listens for the next press. A transition that has begun shows after its first frame. */
function watchPress(): { pressed: Promise<Answer> } {
  const { port1, port2 } = new MessageChannel();
  const moves = (animation: Animation) =>
    animation.playState === 'running' &&
    animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY;
  const pressed = new Promise<Answer>((resolve) => {
    const onPress = ({ timeStamp }: KeyboardEvent) => {
      let frame: number | undefined;
      port1.onmessage = () => {
        const now = performance.now() - timeStamp;
        frame ??= now;
        if (document.getAnimations().some(moves)) requestAnimationFrame(afterFrame);
        else resolve({ frame, rest: now });
      };
      requestAnimationFrame(afterFrame);
    };
    addEventListener('keydown', onPress, { capture: true, once: true });
  });
  return { pressed };

  function afterFrame(): void {
    port2.postMessage('');
  }
}
