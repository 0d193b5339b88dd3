import { secondsOf } from '../../src/shared/timer.ts';
import type { Definition } from './definitions.ts';
import type { PlacedRemark } from './rules/remark.ts';
import { themeRemark } from './theme.ts';

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
  const theme = key === 'theme' ? themeRemark(value) : undefined;
  if (theme) return remark('notice', theme.message, theme.cure);
  if (key === 'allotted-time' && secondsOf(value) === undefined) {
    return remark(
      'warning',
      `“${value}” is not a time, so no clock runs.`,
      'Write a number with h, m or s, as in 90m, 1h30m or 45s.',
    );
  }
  return [];
}
