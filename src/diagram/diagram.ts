import type { Binding } from '../shared/binding.ts';
import { type Face, face } from '../shared/face.ts';
import type { Flow, Seconds } from '../shared/flow.ts';
import { HOP } from '../shared/pace.ts';
import { routes } from '../shared/route.ts';
import { createDots } from './dots.ts';
import { flights, GLOW } from './flight.ts';
import { readGraph } from './graph.ts';
import { paintNode } from './node.ts';
import { makePressable } from './press.ts';
import { type Light, traffic } from './traffic.ts';
import { attribute } from './write.ts';

/** A node that stands for something, and where it is on the page. */
export interface LiveNode {
  label: string;
  binding: Binding;
  element: Element;
  mark(isMarked: boolean): void;
}

/** A drawn diagram that shows a flow. Equal flows at equal times are equal pictures. */
export interface Diagram {
  /** In the order of the drawing. */
  readonly nodes: readonly LiveNode[];
  /**
   * Shows the flow at a moment. Without motion nothing moves: edges are lit for a second instead.
   * @param options.still time stands: dots stay where they are, and nothing turns
   */
  paint(flow: Flow, now: Seconds, options: { motion: boolean; still?: boolean }): void;
  /** Whether a dot is under way, so that the next frame has something to show. */
  needsFrame(flow: Flow, now: Seconds): boolean;
  /** When the picture changes by itself next: an age, a countdown, a dot that sets off or arrives. */
  nextChange(flow: Flow, now: Seconds): Seconds | undefined;
  /** What the picture says, in words, node by node. */
  describe(flow: Flow, now: Seconds): string;
  /** The drawing as it was. */
  stop(): void;
}

/**
 * Takes over a drawing that carries the stamps of `readGraph`; the only code that touches it from then on.
 * @param onPress is told which node was pressed; without, it is a picture and nothing more
 */
export function createDiagram(svg: SVGElement, onPress?: (node: LiveNode) => void): Diagram {
  const graph = readGraph(svg);
  const route = routes(graph);
  const nodes = graph.nodes.flatMap((node) => {
    const { binding } = node;
    if (!binding) return [];
    const faceAt = (flow: Flow, now: Seconds) => face(flow, binding, now);
    const painted = paintNode(node, onPress !== undefined);
    const { label, element } = node;
    const live: LiveNode = { label, binding, element, mark: (on) => painted.mark(on) };
    const release = onPress && makePressable(node, () => onPress(live));
    return [{ label, faceAt, painted, live, release }];
  });
  const role = attribute(svg, 'role');
  const stands = attribute(svg, 'data-still');
  // A picture's parts are nothing by themselves; those of a group can be reached.
  if (onPress && nodes.length > 0) role('group');
  const edges = graph.edges.map(({ id, parts }) => ({ id, light: lamp(parts) }));
  const dots = createDots(svg, graph.edges);
  const faces = remember((flow, now) => nodes.map(({ faceAt }) => faceAt(flow, now)));

  return {
    nodes: nodes.map(({ live }) => live),
    paint(flow, now, { motion, still = false }) {
      stands(still ? '' : undefined);
      for (const [i, each] of faces(flow, now).entries()) nodes[i]?.painted.paint(each, motion);
      const hops = flights(flow.pulses, route, now, motion ? HOP : GLOW);
      dots.paint(motion ? hops : []);
      const lit = traffic(flow, hops, route);
      for (const { id, light } of edges) light(lit.get(id));
    },
    needsFrame: (flow, now) => flights(flow.pulses, route, now, HOP).length > 0,
    nextChange(flow, now) {
      const moments = faces(flow, now).map(({ next }) => next ?? now);
      for (const { from, to, key, at } of flow.pulses)
        if (route(from, to, key)) moments.push(at, at + HOP, at + GLOW);
      const coming = moments.filter((moment) => moment > now);
      return coming.length > 0 ? Math.min(...coming) : undefined;
    },
    describe: (flow, now) =>
      faces(flow, now)
        .flatMap((each, i) => (each.label ? [`${nodes[i]?.label}: ${each.label}.`] : []))
        .join(' '),
    stop() {
      for (const { painted, release } of nodes) {
        painted.clear();
        release?.();
      }
      role('img');
      stands(undefined);
      for (const { light } of edges) light(undefined);
      dots.remove();
    },
  };
}

/** Faces change with what is known and with whole seconds only; between two frames of a dot they are the same. */
function remember(
  facesAt: (flow: Flow, now: Seconds) => readonly Face[],
): (flow: Flow, now: Seconds) => readonly Face[] {
  let last: { flow: Flow; from: Seconds; until: Seconds; faces: readonly Face[] } | undefined;
  return (flow, now) => {
    if (last && alike(last.flow, flow) && now >= last.from && now < last.until) return last.faces;
    const faces = facesAt(flow, now);
    const until = Math.min(...faces.map(({ next }) => next ?? Number.POSITIVE_INFINITY));
    last = { flow, from: now, until, faces };
    return faces;
  };
}

function alike(a: Flow, b: Flow): boolean {
  return (
    a.resources === b.resources &&
    a.facts === b.facts &&
    a.commits === b.commits &&
    a.health === b.health
  );
}

/** Line, head and label of an edge are lit together. */
function lamp(parts: readonly Element[]): (light: Light | undefined) => void {
  const writers = parts.map((part) => attribute(part, 'data-flow'));
  return (light) => {
    for (const write of writers) write(light);
  };
}
