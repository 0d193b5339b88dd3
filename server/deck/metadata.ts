import type { Definition } from './definitions.ts';
import type { PlacedRemark } from './rules/remark.ts';
import { themes } from './theme.ts';

const shown = new Set([
  'subtitle',
  'author',
  'institution',
  'content-source',
  'date',
  'place',
  'when',
  'where',
]);

/** Whether the title slide shows an entry: Rabbit takes `Subtitle`, but not `SUBTITLE`. */
export function isShown({ term, key }: Definition): boolean {
  return shown.has(key) && term.slice(1) === term.slice(1).toLowerCase();
}

/** What cannot be done with an entry of the title slide. */
export function metadataRemarks(definition: Definition): PlacedRemark[] {
  const { term, key, value, line } = definition;
  const remark = (
    severity: PlacedRemark['severity'],
    message: string,
    cure: string,
  ): PlacedRemark[] => [{ line, column: 1, severity, message, cure }];
  if (shown.has(key) && !isShown(definition)) {
    return remark('notice', `${term} is not shown.`, `Write ${key}.`);
  }
  if (key === 'theme' && !themes.includes(value)) {
    return remark(
      'notice',
      `There is no theme “${value}” here, so the deck has the default one.`,
      `Choose one of: ${themes.join(', ')}.`,
    );
  }
  if (key === 'allotted-time' && secondsOf(value) === undefined) {
    return remark(
      'warning',
      `“${value}” is not a time, so no clock runs.`,
      'Write a number with h, m or s, as in 90m, 1.5h or 45s.',
    );
  }
  return [];
}

const units = new Map([
  ['h', 3600],
  ['m', 60],
]);

/** A time as Rabbit writes it, `2m`, `1.5h`, `90`, in seconds; undefined if it is none. */
function secondsOf(text: string): number | undefined {
  const [, number, unit = 's'] = /^\s*(\d+\.?\d*|\.\d+)\s*([hms])?\s*$/i.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * (units.get(unit.toLowerCase()) ?? 1);
}
