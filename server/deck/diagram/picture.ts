import { escapeHtml } from '../escape.ts';
import { nameOf, sayGraph } from './describe.ts';
import { type Fitted, margin } from './fit.ts';
import type { Font } from './font.ts';
import type { Edge, GraphNode, Group } from './graph.ts';
import { extent } from './layout.ts';
import { isWordless, lowerBy } from './outline.ts';
import { centre, grow, number, type Point, type Rect, union } from './plane.ts';
import { type Route, routeEdges } from './route.ts';
import { badgeAt, drawShape } from './shape.ts';
import { openWardrobe, type Wardrobe } from './wardrobe.ts';
import { fontSize, lineHeight } from './words.ts';

/**
 * A fitted layout as SVG, one unit a pixel of the canvas, and the author's own colours as CSS.
 * `prefix` keeps ids and classes apart on a page; `heading` stands above the picture.
 */
export function writePicture(
  fitted: Fitted,
  font: Font,
  prefix: string,
  heading: string,
): { svg: string; style: string } {
  const { layout } = fitted;
  const { graph } = layout;
  const flow = graph.direction === 'LR' || graph.direction === 'RL' ? 'x' : 'y';
  const routes = routeEdges(layout, flow);
  const wardrobe = openWardrobe(prefix);
  const pen: Pen = { unit: fitted.unit, capital: font.capital, wardrobe };
  const outerFirst = graph.groups.toSorted(
    (a, b) => depth(graph.groups, a) - depth(graph.groups, b),
  );
  const parts = [
    ...outerFirst.flatMap((group) => {
      const rect = layout.groups.get(group.id);
      return rect ? writeGroup(group, rect, depth(graph.groups, group), pen) : [];
    }),
    ...graph.edges.flatMap((edge) => writeEdge(edge, routes.get(edge.id), pen)),
    ...graph.edges.flatMap((edge) => {
      const words = fitted.words.edges.get(edge.id);
      const at = routes.get(edge.id)?.label;
      return at && words && words.lines.length > 0
        ? writeEdgeLabel(edge, at, words.lines, pen)
        : [];
    }),
    ...graph.nodes.flatMap((node) => {
      const rect = layout.nodes.get(node.id);
      const words = fitted.words.nodes.get(node.id);
      return rect && words ? writeNode(node, rect, words.lines, pen) : [];
    }),
  ];
  const lines = [...routes.values()].map((route) => route.bounds);
  const drawn = grow(union([...lines, extent(layout)]), margin);
  const room = heading === '' ? 0 : headingRoom;
  const { x, y, width, height } = { ...drawn, y: drawn.y - room, height: drawn.height + room };
  const style = wardrobe.css();
  const named = style === '' ? 'diagram' : `diagram ${prefix}`;
  const role = graph.nodes.some(({ link }) => link !== undefined) ? 'group' : 'img';
  const above = writeText('label', x + width / 2, y + room * 0.4, headingSize, heading, pen);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="${named}" role="${role}" viewBox="${number(x)} ${number(y)} ${number(width)} ${number(height)}" width="${number(width)}" height="${number(height)}" aria-labelledby="${prefix}-title" aria-describedby="${prefix}-desc">`,
    `<title id="${prefix}-title">${escapeHtml(graph.title || heading || nameOf(graph))}</title>`,
    `<desc id="${prefix}-desc">${escapeHtml(graph.description || sayGraph(graph))}</desc>`,
    ...(room > 0 ? [above] : []),
    ...parts,
    '</svg>',
  ].join('\n');
  return { svg, style };
}

/** A heading's letters, and what it takes above the picture, in pixels. */
const headingSize = 24;
export const headingRoom = 44;

/** What a part needs to know to be drawn: pixels of a unit, height of a capital, colours. */
interface Pen {
  unit: number;
  capital: number;
  wardrobe: Wardrobe;
}

function writeGroup(group: Group, rect: Rect, level: number, pen: Pen): string[] {
  const size = fontSize.title * pen.unit;
  return [
    `<g class="cluster${pen.wardrobe.classOf('group', group.paint)}" data-cluster="${escapeHtml(group.id)}" data-depth="${level}">`,
    `<rect x="${number(rect.x)}" y="${number(rect.y)}" width="${number(rect.width)}" height="${number(rect.height)}" rx="14"/>`,
    `<text class="title" x="${number(rect.x + 14)}" y="${number(rect.y + 10 + size * 0.78)}" font-size="${number(size)}">${escapeHtml(group.title)}</text>`,
    '</g>',
  ];
}

function writeEdge(edge: Edge, route: Route | undefined, pen: Pen): string[] {
  if (!route || edge.line === 'invisible') return [];
  const style = edge.line === 'solid' ? '' : ` data-line="${edge.line}"`;
  const worn = pen.wardrobe.classOf('edge', edge.paint);
  const ends = `data-edge="${escapeHtml(edge.id)}"`;
  return [
    `<path class="edge${worn}" ${ends} data-from="${escapeHtml(edge.from)}" data-to="${escapeHtml(edge.to)}"${style} d="${route.line}"/>`,
    ...route.tips.map((d) => `<path class="head${worn}" ${ends} d="${d}"/>`),
  ];
}

function writeEdgeLabel(edge: Edge, at: Point, lines: string[], pen: Pen): string[] {
  const size = fontSize.edge * pen.unit;
  const top = at.y - ((lines.length - 1) * lineHeight.edge * pen.unit) / 2;
  const rows = lines.map((text, row) =>
    writeText('', at.x, top + row * lineHeight.edge * pen.unit, size, text, pen),
  );
  return [
    `<g class="edge-label${pen.wardrobe.classOf('edge', edge.paint)}" data-edge="${escapeHtml(edge.id)}">`,
    ...rows,
    '</g>',
  ];
}

function writeNode(node: GraphNode, rect: Rect, lines: string[], pen: Pen): string[] {
  const middle = centre(rect);
  const all = (lines.length * lineHeight.label + lineHeight.fact) * pen.unit;
  const top = middle.y - all / 2 + lowerBy(node.shape);
  const badge = badgeAt(node.shape, rect);
  const shown = isWordless(node.shape) ? [] : lines;
  const rows = shown.map((text, row) =>
    writeText(
      'label',
      middle.x,
      top + (row + 0.52) * lineHeight.label * pen.unit,
      fontSize.label * pen.unit,
      text,
      pen,
    ),
  );
  const fact = top + (lines.length * lineHeight.label + lineHeight.fact * 0.46) * pen.unit;
  const [into, outOf] = node.link === undefined ? [[], []] : wrapLink(node.link);
  return [
    `<g class="node${pen.wardrobe.classOf('node', node.paint)}" data-node="${escapeHtml(node.id)}" data-label="${escapeHtml(node.lines.join(' '))}" data-shape="${node.shape}" data-x="${number(rect.x)}" data-y="${number(rect.y)}" data-width="${number(rect.width)}" data-height="${number(rect.height)}" data-badge-x="${number(badge.x)}" data-badge-y="${number(badge.y)}">`,
    ...into,
    ...drawShape(node.shape, rect),
    ...rows,
    ...outOf,
    writeText('fact', middle.x, fact, fontSize.fact * pen.unit, '', pen),
    '</g>',
  ];
}

/** A link leaves the talk where it is. */
function wrapLink(address: string): [string[], string[]] {
  return [
    [`<a href="${escapeHtml(address)}" target="_blank" rel="noopener noreferrer">`],
    ['</a>'],
  ];
}

/** One line whose capitals are centred on a point. */
function writeText(
  name: string,
  x: number,
  y: number,
  size: number,
  text: string,
  pen: Pen,
): string {
  const baseline = y + (size * pen.capital) / 2;
  const named = name === '' ? '' : ` class="${name}"`;
  return `<text${named} x="${number(x)}" y="${number(baseline)}" font-size="${number(size)}" text-anchor="middle">${escapeHtml(text)}</text>`;
}

function depth(groups: Group[], group: Group): number {
  const parent = groups.find((one) => one.id === group.parent);
  return parent ? 1 + depth(groups, parent) : 0;
}
