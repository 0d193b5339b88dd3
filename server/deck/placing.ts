import type { Ground } from './background.ts';
import { canvasOf } from './canvas.ts';
import { blocksIn, type Deck } from './deck.ts';
import { isPicture, placementOf } from './picture.ts';
import type { Problem } from './problem.ts';

/** What can't be done of what attributes and properties ask for. */
export function placementFaults(deck: Deck, grounds: readonly Ground[]): Problem[] {
  const { file } = deck;
  return deck.slides.flatMap(({ blocks, properties, line, index }) => {
    const placed = blocksIn(blocks).map((block) => ({
      line: ('line' in block ? block.line : undefined) ?? line,
      ...placementOf(isPicture(block) ? (block.attributes ?? {}) : {}),
    }));
    const second = placed.filter(({ side }) => side !== undefined).at(1);
    return [
      ...placed.flatMap((one) => one.faults.map((fault) => ({ line: one.line, ...fault }))),
      ...(second ? [{ line: second.line, ...SECOND }] : []),
      ...(grounds[index]?.faults ?? []).map((fault) => ({ line, ...fault })),
      ...(index > 0 && properties['size-ratio'] !== undefined ? [{ line, ...ONE_SIZE }] : []),
      ...(index === 0 && canvasOf(properties) === undefined ? [{ line, ...NO_RATIO }] : []),
    ].map((fault) => ({ file, column: 1, ...fault }));
  });
}

const SECOND = {
  severity: 'warning',
  message: 'One picture stands at the side of this slide already, so this one stands in the text.',
  cure: 'Take its align away, or put the two on two slides.',
} as const;

const ONE_SIZE = {
  severity: 'notice',
  message: 'All slides of a talk have one size here, so this size-ratio does nothing.',
  cure: 'Put it under the title, where it goes for the whole talk.',
} as const;

const NO_RATIO = {
  severity: 'warning',
  message: 'size-ratio is not the ratio of a width to a height, so the slides are 16:9.',
  cure: 'Write it like this: 16:9, 4:3 or 1.6.',
} as const;

/** @param slides from 0, whose code or table does not fit */
export function tooLong({ file, slides: all }: Deck, slides: readonly number[]): Problem[] {
  return all
    .filter(({ index }) => slides.includes(index))
    .map(({ blocks, line }) => {
      const code = blocksIn(blocks).find(({ kind }) => kind === 'code');
      const table = blocksIn(blocks).some(({ kind }) => kind === 'table');
      const at = code && 'line' in code ? code.line : undefined;
      return {
        file,
        line: at ?? line,
        column: 1,
        severity: 'warning',
        message: `${code ? 'This code' : table ? 'This table' : 'What stands here'} does not fit its slide, even in the smallest letters that can be read.`,
        cure: 'Show less of it, or part it over two slides.',
      };
    });
}
