import type { Show } from './shared/wire.ts';

/** What a presenter could do next. */
export interface Outlook {
  feed: Show['feed'];
  /** The scene that its key would run. */
  next: string | undefined;
  /** Whether a scene of the cluster may run. */
  performs: boolean;
  /** Whether this talk began with a cluster. */
  hasCluster: boolean;
  /** Nothing can be seen of the cluster now. */
  isLost: boolean;
  /** A page that can't reach its server plays for itself. */
  isAlone: boolean;
}

const SCENE_KEY = 'Shift+L';
const SHOW_KEY = 'Shift+R';

/** Which keys do what now, in words; empty when none does anything. */
export function hint(outlook: Outlook): string {
  const { feed, next, performs, hasCluster, isLost, isAlone } = outlook;
  if (feed === 'live') {
    if (isLost) return `${SHOW_KEY}: go on from a recorded run`;
    return performs && next !== undefined ? `${SCENE_KEY}: ${next}` : '';
  }
  const where = isAlone ? ', on this page only' : '';
  const isBack = hasCluster && !isAlone && !isLost;
  return [
    ...(next === undefined ? [] : [`${SCENE_KEY}: ${next}${where}`]),
    ...(isBack ? [`${SHOW_KEY}: live again`] : []),
  ].join(' · ');
}
