import type { DOMWindow } from 'jsdom';
import type { Box } from '../deck.ts';
import { openBrowser } from './browser.ts';
import { DiagramError } from './error.ts';
import type { Font } from './font.ts';
import type { Graph } from './graph.ts';
import { parseTransform } from './matrix.ts';
import { type Parsed, readGraph } from './parsed.ts';
import type { Point } from './plane.ts';
import { flowchartSettings, otherSettings } from './settings.ts';

/** Sizes of nodes, and how far they keep from each other across the direction of flow. */
export interface Request {
  sizes: Map<string, { width: number; height: number }>;
  spacing: { node: number; rank: number };
}

/** Where dagre puts things: centres of nodes and of edges' labels, and the bends of edges. */
export interface Arrangement {
  nodes: Map<string, Point>;
  edges: Map<string, Point[]>;
  labels: Map<string, Point>;
}

/** What Mermaid makes of a source: a flowchart to lay out, or another diagram, drawn its way. */
export type Chart =
  | {
      kind: 'flowchart';
      graph: Graph;
      /** What its front matter says above the picture; empty without. */
      heading: string;
      arrange(request: Request): Promise<Arrangement>;
    }
  | OtherChart;

/** How close together Mermaid puts things; sideways: also from left to right, if nothing is said. */
export type Manner = 'generous' | 'tight' | 'sideways';

export interface OtherChart {
  kind: 'other';
  /** Mermaid's own word for the kind of diagram. */
  type: string;
  title: string;
  description: string;
  manners: readonly Manner[];
  draw(manner: Manner): Promise<SVGElement>;
}

/** Mermaid in a page without a browser. One diagram at a time: Mermaid's settings are global. */
export interface Mermaid {
  /** @throws DiagramError where the source is not understood or cannot be drawn */
  read(source: string, box: Box): Promise<Chart>;
}

const id = 'drawing';

/** How large dagre takes the labels of edges to be. */
const roomOfLabels = 'text { font-weight: 600; line-height: 20px; }';

/** Loads Mermaid and its page: takes about a second and a half. */
export async function openMermaid(font: Font): Promise<Mermaid> {
  const window = await openBrowser(font);
  const { default: mermaid } = await import('mermaid');
  return {
    async read(text, box) {
      const { source, asides, title } = takeAsides(text);
      mermaid.initialize(flowchartSettings({ node: 50, rank: 50 }));
      try {
        const diagram = await mermaid.mermaidAPI.getDiagramFromText(source);
        if (!diagram.type.startsWith('flowchart')) {
          return {
            ...readOther(diagram.type, diagram.db, source, title),
            async draw(manner) {
              const spacing = manner === 'generous' ? manner : 'tight';
              mermaid.initialize(otherSettings(box, diagram.type, spacing));
              const text = manner === 'sideways' ? turn(source) : source;
              const { svg } = await mermaid.render(id, asides + text);
              return parseSvg(window, svg);
            },
          };
        }
        const parsed = readGraph(diagram.db);
        return {
          kind: 'flowchart',
          graph: parsed.graph,
          heading: title,
          async arrange(request) {
            mermaid.initialize(flowchartSettings(request.spacing));
            const svg = blank(window);
            const db = sized(diagram.db, parsed, request);
            await diagram.renderer.draw(source, id, '', Object.assign({}, diagram, { db }));
            const arrangement = readArrangement(svg, parsed);
            window.document.body.replaceChildren();
            return arrangement;
          },
        };
      } catch (error) {
        window.document.body.replaceChildren();
        throw DiagramError.from(error, source);
      }
    },
  };
}

/** The same diagram with plain boxes of the sizes we want: dagre places, the shapes are ours. */
function sized(db: object, parsed: Parsed, { sizes }: Request): object {
  const getData = (): Parsed['raw'] => ({
    ...parsed.raw,
    nodes: parsed.raw.nodes.map((node) => {
      const size = sizes.get(node.id);
      return size ? { ...node, ...size, shape: 'rect', label: '', padding: 0 } : { ...node };
    }),
    edges: parsed.raw.edges.map((edge) => ({ ...edge })),
  });
  return new Proxy(db, {
    get(target, name) {
      if (name === 'getData') return getData;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function blank(window: DOMWindow): Element {
  const svg = window.document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.id = id;
  const style = window.document.createElement('style');
  style.textContent = roomOfLabels;
  svg.append(style, window.document.createElementNS('http://www.w3.org/2000/svg', 'g'));
  window.document.body.replaceChildren(svg);
  return svg;
}

function readArrangement(svg: Element, parsed: Parsed): Arrangement {
  const nodes = new Map<string, Point>();
  for (const { id: node, domId } of parsed.raw.nodes) {
    const element = domId ? svg.querySelector(`[id="${id}-${domId}"]`) : null;
    if (element && parsed.graph.nodes.some((one) => one.id === node))
      nodes.set(node, position(element));
  }
  const edges = new Map<string, Point[]>();
  for (const path of svg.querySelectorAll('path[data-points]')) {
    const from = position(path);
    const points: Point[] = JSON.parse(atob(path.getAttribute('data-points') ?? ''));
    edges.set(
      path.getAttribute('data-id') ?? '',
      points.map(({ x, y }) => ({ x: x + from.x, y: y + from.y })),
    );
  }
  const labels = new Map<string, Point>();
  for (const label of svg.querySelectorAll('.edgeLabel > .label[data-id]'))
    labels.set(label.getAttribute('data-id') ?? '', position(label.parentElement ?? label));
  return { nodes, edges, labels };
}

/** Where an element's own origin is in the whole drawing. */
function position(element: Element): Point {
  const origin = { x: 0, y: 0 };
  for (let at: Element | null = element; at; at = at.parentElement) {
    const [, , , , x, y] = parseTransform(at.getAttribute('transform') ?? '');
    origin.x += x;
    origin.y += y;
  }
  return origin;
}

/** Kinds that flow downwards unless their source says `direction`. */
const turnable = /^(class|state|er|requirement|usecase)/;

function readOther(
  type: string,
  db: object,
  source: string,
  title: string,
): Omit<OtherChart, 'draw'> {
  const said = (method: string): string => String(Reflect.get(db, method)?.call(db) ?? '');
  const turns = turnable.test(type) && !/^\s*direction\s/m.test(source);
  return {
    kind: 'other',
    type,
    title: said('getAccTitle') || title || said('getDiagramTitle'),
    description: said('getAccDescription'),
    manners: ['generous', 'tight', ...(turns ? ['sideways' as const] : [])],
  };
}

function turn(source: string): string {
  return source.replace(/\S.*/, (header) => `${header}\n direction LR`);
}

function parseSvg(window: DOMWindow, text: string): SVGElement {
  const svg = new window.DOMParser().parseFromString(text, 'text/html').querySelector('svg');
  if (!svg) throw new DiagramError('Mermaid draws nothing of this.');
  return svg;
}

/**
 * The source with empty lines in the place of comments, directives and front matter: Mermaid would
 * take them out and tell the wrong lines. What they set goes before it.
 */
function takeAsides(text: string): { source: string; asides: string; title: string } {
  const taken: string[] = [];
  const take = (aside: string): string => {
    taken.push(aside.trim());
    return aside.replaceAll(/[^\n]/g, '');
  };
  const body = text.replace(/^\s*---[ \t]*\r?\n[\s\S]*?\n[ \t]*---[ \t]*(?=\r?\n|$)/, take);
  const matter = taken.length > 0 ? `${taken[0]}\n` : '';
  const source = body.replaceAll(/%%\{[\s\S]*?\}%%/g, take).replaceAll(/^[ \t]*%%.*$/gm, '');
  const directives = taken.slice(matter === '' ? 0 : 1);
  const title = /^title:[ \t]*(.+)$/m.exec(matter)?.[1]?.trim() ?? '';
  return {
    source,
    asides: matter + directives.map((one) => `${one}\n`).join(''),
    title: title.replace(/^(["'])(.*)\1$/, '$2'),
  };
}
