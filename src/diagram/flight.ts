import type { Flow, Seconds, Why } from '../shared/flow.ts';
import { HOP } from '../shared/pace.ts';
import type { Leg, Route } from '../shared/route.ts';

/** A dot under way. */
export interface Flight {
  legs: readonly Leg[];
  why: Why;
  /** How far along its whole way, 0…1, eased. */
  progress: number;
}

/** Where nothing may move, the edges of a hop are lit this long instead. */
export const GLOW: Seconds = 1;

/** Dots on one edge at a time; a pulse that finds it full goes along with the dots before it. */
const MOST = 3;

/** The dots to be seen at a moment, a function of the pulses and of the time alone; `life` is how long each is. */
export function flights(
  pulses: Flow['pulses'],
  route: Route,
  now: Seconds,
  life: Seconds,
): Flight[] {
  const seen: Flight[] = [];
  const entered = new Map<string, Seconds[]>();
  for (const pulse of pulses) {
    const legs = route(pulse.from, pulse.to, pulse.key);
    if (!legs || pulse.at > now) continue;
    if (legs.some(({ edge }) => isFull(entered.get(edge), pulse.at))) continue;
    for (const { edge } of legs) entered.set(edge, [...(entered.get(edge) ?? []), pulse.at]);
    if (now >= pulse.at + life) continue;
    seen.push({ legs, why: pulse.why, progress: ease((now - pulse.at) / life) });
  }
  return seen;
}

function isFull(entered: readonly Seconds[] = [], at: Seconds): boolean {
  return entered.filter((earlier) => at - earlier < HOP).length >= MOST;
}

/** Slow, fast, slow. */
function ease(part: number): number {
  return part * part * (3 - 2 * part);
}
