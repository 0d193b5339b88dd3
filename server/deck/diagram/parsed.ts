import type { Direction, Edge, Graph, GraphNode, Group, Tip } from './graph.ts';
import { type Paint, readPaint } from './paint.ts';
import { readShape } from './shapeName.ts';

type Raw = Record<string, unknown>;

/** What Mermaid's own graph model says: for its layout as it is, for us as a graph. */
export interface Parsed {
  raw: Raw & { nodes: (Raw & { id: string; domId: string })[]; edges: (Raw & { id: string })[] };
  graph: Graph;
}

/** Reads a flowchart out of Mermaid's database of it. */
export function readGraph(db: object): Parsed {
  const data = call(db, 'getData');
  const nodes = list(data.nodes).map((node): Raw & { id: string; domId: string } => ({
    ...node,
    id: text(node.id),
    domId: text(node.domId),
  }));
  const edges = list(data.edges).map((edge): Raw & { id: string } => ({
    ...edge,
    id: text(edge.id),
  }));
  const parents = new Set(nodes.map((node) => text(node.parentId)));
  const isGroup = (node: Raw & { id: string }): boolean =>
    node.isGroup === true && parents.has(node.id);
  const direction = Reflect.get(db, 'getDirection')?.call(db);
  return {
    raw: { ...data, nodes, edges },
    graph: {
      direction: readDirection(direction),
      title: text(Reflect.get(db, 'getAccTitle')?.call(db)),
      description: text(Reflect.get(db, 'getAccDescription')?.call(db)),
      groups: nodes.filter(isGroup).map(readGroup),
      nodes: nodes.filter((node) => !isGroup(node)).map(readNode),
      edges: edges.map(readEdge),
    },
  };
}

function readGroup(node: Raw): Group {
  return { id: text(node.id), title: lines(node).join(' '), ...parent(node), ...paint(node) };
}

function readNode(node: Raw): GraphNode {
  const own = lines(node);
  return {
    id: text(node.id),
    lines: own.length > 0 ? own : [text(node.id)],
    shape: readShape(text(node.shape)),
    ...parent(node),
    ...paint(node),
    ...link(text(node.link)),
  };
}

/** What classes say, then what is said of the part itself. */
function paint(part: Raw): { paint?: Paint } {
  const found = readPaint(
    [part.cssCompiledStyles, part.style, part.cssStyles].flatMap((said) =>
      Array.isArray(said) ? said.map(text) : [],
    ),
  );
  return found ? { paint: found } : {};
}

function link(address: string): { link?: string } {
  return /^https?:\/\//i.test(address) && URL.canParse(address) ? { link: address } : {};
}

function parent(node: Raw): { parent?: string } {
  return text(node.parentId) === '' ? {} : { parent: text(node.parentId) };
}

function readEdge(edge: Raw): Edge {
  return {
    id: text(edge.id),
    from: text(edge.start),
    to: text(edge.end),
    lines: lines(edge),
    line: readLine(text(edge.thickness), text(edge.pattern)),
    head: readTip(text(edge.arrowTypeEnd)),
    tail: readTip(text(edge.arrowTypeStart)),
    ...paint(edge),
  };
}

function readLine(thickness: string, pattern: string): Edge['line'] {
  if (thickness === 'invisible') return 'invisible';
  if (thickness === 'thick') return 'thick';
  return pattern === 'dotted' || pattern === 'dashed' ? 'dotted' : 'solid';
}

function readTip(name: string): Tip {
  if (name === '' || name === 'none' || name === 'arrow_open') return 'none';
  if (name.includes('circle')) return 'circle';
  return name.includes('cross') ? 'cross' : 'arrow';
}

function readDirection(name: unknown): Direction {
  return name === 'LR' || name === 'RL' || name === 'BT' ? name : 'TB';
}

/** A label's lines as plain text: Mermaid's line breaks, entities and emphasis resolved. */
function lines(labelled: Raw): string[] {
  const plain = text(labelled.label)
    .replaceAll(/<br\s*\/?>|\\n|\r?\n/gi, '\n')
    .replaceAll(/<\/?[a-z][^>]*>/gi, '')
    // icons are no words, and their font is not here
    .replaceAll(/\bfa[bklrs]?:fa-[\w-]+/g, '');
  const decoded = decode(plain);
  const unmarked =
    labelled.labelType === 'markdown'
      ? decoded.replaceAll(/\*+|`|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)/g, '')
      : decoded;
  return unmarked
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const entities: Record<string, string> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
  nbsp: '\u00a0',
};

/** Mermaid keeps `#quot;` and `#9829;` as `ﬂ°quot¶ß` and `ﬂ°°9829¶ß` until it draws. */
function decode(encoded: string): string {
  return encoded
    .replaceAll(/ﬂ°°/g, '&#')
    .replaceAll(/ﬂ°/g, '&')
    .replaceAll(/¶ß/g, ';')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code) % 0x110000))
    .replaceAll(/&([a-z]+);/gi, (whole, name: string) => entities[name.toLowerCase()] ?? whole);
}

function call(db: object, method: string): Raw {
  const result: unknown = Reflect.get(db, method)?.call(db);
  return record(result);
}

function record(value: unknown): Raw {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function list(value: unknown): Raw[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
