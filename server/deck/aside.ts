import type { Aside } from '../../src/shared/position.ts';
import type { Slide } from './deck.ts';

const WORDS: Readonly<Record<Aside, string>> = { skip: 'Skipped', backup: 'Backup' };

/** As `## properties` says: `skip: true` or `backup: true`. The title slide is always on the way. */
export function asideOf({
  index,
  properties,
}: Pick<Slide, 'index' | 'properties'>): Aside | undefined {
  if (index === 0) return undefined;
  const says = (name: Aside) => properties[name]?.trim().toLowerCase() === 'true';
  return says('backup') ? 'backup' : says('skip') ? 'skip' : undefined;
}

/** What the overview and a screen reader say of it. */
export function asideWord(aside: Aside): string {
  return WORDS[aside];
}
