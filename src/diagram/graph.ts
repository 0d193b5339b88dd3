import { type Binding, bindings } from '../shared/binding.ts';

/** A node of a drawn diagram: what it is called, what it stands for, where it is painted. */
export interface DiagramNode {
  id: string;
  label: string;
  binding: Binding | undefined;
  element: SVGElement;
}

/** An edge of a drawn diagram with all that is drawn of it: line, head, label. */
export interface DiagramEdge {
  id: string;
  from: string;
  to: string;
  line: SVGPathElement;
  parts: readonly Element[];
}

/** A drawn diagram as its stamps tell it. */
export interface DiagramGraph {
  nodes: readonly DiagramNode[];
  edges: readonly DiagramEdge[];
}

/** Reads the stamps of a drawing; `data-live` on it carries the comments that bind. */
export function readGraph(svg: Element): DiagramGraph {
  const drawn = [...svg.querySelectorAll<SVGElement>('[data-node]')].map((element) => ({
    id: element.getAttribute('data-node') ?? '',
    label: element.getAttribute('data-label') ?? '',
    element,
  }));
  const bound = bindings(svg.getAttribute('data-live') ?? '', drawn).nodes;
  return {
    nodes: drawn.map((node) => ({ ...node, binding: bound.get(node.id) })),
    edges: [...svg.querySelectorAll<SVGPathElement>('path.edge[data-edge]')].map((line) => {
      const id = line.getAttribute('data-edge') ?? '';
      return {
        id,
        from: line.getAttribute('data-from') ?? '',
        to: line.getAttribute('data-to') ?? '',
        line,
        parts: [...svg.querySelectorAll('[data-edge]')].filter(
          (part) => part.getAttribute('data-edge') === id,
        ),
      };
    }),
  };
}
