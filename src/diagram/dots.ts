import type { Flight } from './flight.ts';
import type { DiagramEdge } from './graph.ts';
import { along, type Point, sample, type Track, track } from './track.ts';
import { append, attribute } from './write.ts';

/** The dots of a diagram. */
export interface Dots {
  paint(flights: readonly Flight[]): void;
  remove(): void;
}

const RADIUS = '7';
/** Where a dot waits that is not needed. */
const AWAY = 'translate(-9999 -9999)';

/** Dots from a pool, moved by `transform` alone; a way is measured when the first dot takes it. */
export function createDots(svg: Element, edges: readonly DiagramEdge[]): Dots {
  const lines = new Map(edges.map(({ id, line }) => [id, line]));
  const tracks = new Map<Flight['legs'], Track>();
  const pool: ReturnType<typeof createDot>[] = [];
  let layer: Element | undefined;

  function trackOf(legs: Flight['legs']): Track {
    const known = tracks.get(legs);
    if (known) return known;
    const measured = track(
      legs.map(({ edge, forward }) => {
        const line = lines.get(edge);
        const points = line ? sample(line) : [];
        return forward ? points : points.reverse();
      }),
    );
    tracks.set(legs, measured);
    return measured;
  }

  return {
    paint(flights) {
      flights.forEach((flight, i) => {
        layer ??= createLayer(svg, edges);
        pool[i] ??= createDot(layer);
        pool[i](along(trackOf(flight.legs), flight.progress), flight.why === 'poll');
      });
      for (const idle of pool.slice(flights.length)) idle(undefined, false);
    },
    remove() {
      layer?.remove();
      layer = undefined;
      pool.length = 0;
    },
  };
}

/** Over the edges and their labels, under the nodes: a dot leaves and arrives behind an outline. */
function createLayer(svg: Element, edges: readonly DiagramEdge[]): Element {
  const layer = append(svg, 'g', { class: 'dots' });
  const behind = svg.querySelector('[data-node]')?.parentElement;
  if (behind && behind !== svg) behind.before(layer);
  else edges.at(-1)?.line.after(layer);
  return layer;
}

function createDot(layer: Element): (point: Point | undefined, faint: boolean) => void {
  const circle = append(layer, 'circle', { class: 'dot', r: RADIUS });
  const moved = attribute(circle, 'transform');
  const faded = attribute(circle, 'data-faint');
  return (point, faint) => {
    moved(point ? `translate(${point.x.toFixed(1)} ${point.y.toFixed(1)})` : AWAY);
    faded(faint ? '' : undefined);
  };
}
