import type { DOMWindow } from 'jsdom';
import { openBrowser, translation } from './browser.ts';
import { DiagramError } from './error.ts';
import type { Font } from './font.ts';
import type { Graph } from './graph.ts';
import { type Parsed, readGraph } from './parsed.ts';
import type { Point } from './plane.ts';

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
  | { kind: 'flowchart'; graph: Graph; arrange(request: Request): Promise<Arrangement> }
  | { kind: 'other'; type: string; title: string; text: string; svg: SVGElement };

/** Mermaid in a page without a browser. One diagram at a time: Mermaid's settings are global. */
export interface Mermaid {
  /** @throws DiagramError where the source is not understood or cannot be drawn */
  read(source: string): Promise<Chart>;
}

const id = 'drawing';

/** Loads Mermaid and its page: takes about a second and a half. */
export async function openMermaid(font: Font): Promise<Mermaid> {
  const window = await openBrowser(font);
  const { default: mermaid } = await import('mermaid');
  const settle = (spacing: Request['spacing']): void =>
    mermaid.initialize({
      startOnLoad: false,
      layout: 'dagre',
      look: 'classic',
      theme: 'neutral',
      htmlLabels: false,
      securityLevel: 'strict',
      suppressErrorRendering: true,
      deterministicIds: true,
      logLevel: 'fatal',
      flowchart: { nodeSpacing: spacing.node, rankSpacing: spacing.rank, useMaxWidth: false },
    });

  return {
    async read(text) {
      const source = blankAsides(text);
      settle({ node: 50, rank: 50 });
      try {
        const diagram = await mermaid.mermaidAPI.getDiagramFromText(source);
        if (!diagram.type.startsWith('flowchart')) {
          const { svg } = await mermaid.render(id, source);
          return readOther(window, diagram.type, svg, diagram.db);
        }
        const parsed = readGraph(diagram.db);
        return {
          kind: 'flowchart',
          graph: parsed.graph,
          async arrange(request) {
            settle(request.spacing);
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
  svg.append(window.document.createElementNS('http://www.w3.org/2000/svg', 'g'));
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
    const by = translation(at);
    origin.x += by.x;
    origin.y += by.y;
  }
  return origin;
}

function readOther(window: DOMWindow, type: string, text: string, db: object): Chart {
  const page = new window.DOMParser().parseFromString(text, 'text/html');
  const svg = page.querySelector('svg');
  if (!svg) throw new DiagramError('Mermaid draws nothing of this.');
  const said = (method: string): string => String(Reflect.get(db, method)?.call(db) ?? '');
  const words = [...svg.querySelectorAll('text')].map((one) => one.textContent?.trim() ?? '');
  return {
    kind: 'other',
    type,
    title: said('getAccTitle') || said('getDiagramTitle') || `Diagram: ${type}`,
    text: said('getAccDescription') || words.filter((word) => word !== '').join(', '),
    svg,
  };
}

/**
 * The source with empty lines in the place of comments, directives and front matter: Mermaid would
 * take them out and tell the wrong lines, and its settings are ours.
 */
function blankAsides(source: string): string {
  const blank = (aside: string): string => aside.replaceAll(/[^\n]/g, '');
  return source
    .replace(/^\s*---\r?\n[\s\S]*?\n---(?=\r?\n)/, blank)
    .replaceAll(/%%\{[\s\S]*?\}%%/g, blank)
    .replaceAll(/^[ \t]*%%.*$/gm, blank);
}
