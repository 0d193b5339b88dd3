import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../server/cache.ts';
import { compile } from '../../server/deck/compile.ts';
import { DiagramError } from '../../server/deck/diagram/error.ts';
import type { Bench } from './bench.ts';
import { median, repeat } from './sample.ts';

const FEW = 500;
const MANY = 5000;

/** A talk's text to its sections, without diagrams: ten times the slides should take ten times as long. */
export const reading: Bench = async ({ runs }) => {
  const few = talk(FEW);
  const many = talk(MANY);
  await read(few);
  // One after the other, so that what else the machine does meets both alike.
  const pairs = await repeat(runs, async () => [await read(few), await read(many)] as const);
  return [
    {
      what: `reading ${MANY} slides (plain: ten times ${FEW})`,
      unit: 'ms',
      ours: median(pairs.map(([, time]) => time)),
      plain: (MANY / FEW) * median(pairs.map(([time]) => time)),
      goal: { of: 'ratio', most: 1.3 },
    },
  ];
};

/** The tour's slides, again and again. */
function talk(slides: number): string {
  const tour = readFileSync(path.join(ROOT, 'slides/tour.md'), 'utf8')
    .split(/^(?=# )/m)
    .filter((slide) => !slide.includes('```mermaid') && !slide.includes('{::include'));
  return Array.from({ length: slides }, (_, at) => tour[at % tour.length]).join('');
}

async function read(text: string): Promise<number> {
  const begun = performance.now();
  await compile(text, 'talk.md', () => Promise.reject(new DiagramError('There is none.')));
  return performance.now() - begun;
}
