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

/** Dots from a pool, moved by `transform` alone; a way is measured when the first dot takes it. */
export function createDots(svg: Element, edges: readonly DiagramEdge[]): Dots {
  const lines = new Map(edges.map(({ id, line }) => [id, line]));
  const tracks = new Map<Flight['legs'], Track>();
  const layer = createLayer(svg);
  const pool: Dot[] = [];

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
      for (const [i, { legs, progress, why }] of flights.entries()) {
        pool[i] ??= createDot(layer);
        pool[i].show(along(trackOf(legs), progress), why === 'poll');
      }
      for (const idle of pool.slice(flights.length)) idle.hide();
    },
    remove: () => layer.remove(),
  };
}

/** Over the edges and their labels, under the nodes: a dot leaves and arrives behind an outline. */
function createLayer(svg: Element): Element {
  const layer = append(svg, 'g', { class: 'dots' });
  svg.querySelector('[data-node]')?.before(layer);
  return layer;
}

interface Dot {
  show(point: Point | undefined, faint: boolean): void;
  hide(): void;
}

function createDot(layer: Element): Dot {
  const circle = append(layer, 'circle', { class: 'dot', r: RADIUS });
  const moved = attribute(circle, 'transform');
  const faded = attribute(circle, 'data-faint');
  let shown = true;
  return {
    show(point, faint) {
      if (point) moved(`translate(${point.x.toFixed(1)} ${point.y.toFixed(1)})`);
      faded(faint ? '' : undefined);
      if (!shown) layer.append(circle);
      shown = true;
    },
    hide() {
      if (shown) circle.remove();
      shown = false;
    },
  };
}
