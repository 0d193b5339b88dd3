import { escapeHtml } from '../escape.ts';
import { nameOf, sayGraph } from './describe.ts';
import { type Fitted, margin } from './fit.ts';
import type { Font } from './font.ts';
import type { Edge, GraphNode, Group } from './graph.ts';
import { extent } from './layout.ts';
import { centre, grow, number, type Point, type Rect, union } from './plane.ts';
import { type Route, routeEdges } from './route.ts';
import { badgeAt, drawShape } from './shape.ts';
import { fontSize, lineHeight } from './words.ts';

/** A fitted layout as SVG, one unit a pixel of the canvas. `prefix` keeps ids apart on a page. */
export function writePicture(fitted: Fitted, font: Font, prefix: string): string {
  const { layout } = fitted;
  const { graph } = layout;
  const flow = graph.direction === 'LR' || graph.direction === 'RL' ? 'x' : 'y';
  const routes = routeEdges(layout, flow);
  const pen: Pen = { unit: fitted.unit, capital: font.capital };
  const outerFirst = graph.groups.toSorted(
    (a, b) => depth(graph.groups, a) - depth(graph.groups, b),
  );
  const parts = [
    ...outerFirst.flatMap((group) => {
      const rect = layout.groups.get(group.id);
      return rect ? writeGroup(group, rect, depth(graph.groups, group), pen) : [];
    }),
    ...graph.edges.flatMap((edge) => writeEdge(edge, routes.get(edge.id))),
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
  const { x, y, width, height } = grow(union([...lines, extent(layout)]), margin);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="img" viewBox="${number(x)} ${number(y)} ${number(width)} ${number(height)}" width="${number(width)}" height="${number(height)}" aria-labelledby="${prefix}-title" aria-describedby="${prefix}-desc">`,
    `<title id="${prefix}-title">${escapeHtml(graph.title || nameOf(graph))}</title>`,
    `<desc id="${prefix}-desc">${escapeHtml(graph.description || sayGraph(graph))}</desc>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

/** What a piece of text needs to know to be set: pixels of a unit, height of a capital. */
interface Pen {
  unit: number;
  capital: number;
}

function writeGroup(group: Group, rect: Rect, level: number, pen: Pen): string[] {
  const size = fontSize.title * pen.unit;
  return [
    `<g class="cluster" data-cluster="${escapeHtml(group.id)}" data-depth="${level}">`,
    `<rect x="${number(rect.x)}" y="${number(rect.y)}" width="${number(rect.width)}" height="${number(rect.height)}" rx="14"/>`,
    `<text class="title" x="${number(rect.x + 14)}" y="${number(rect.y + 10 + size * 0.78)}" font-size="${number(size)}">${escapeHtml(group.title)}</text>`,
    '</g>',
  ];
}

function writeEdge(edge: Edge, route: Route | undefined): string[] {
  if (!route || edge.line === 'invisible') return [];
  const style = edge.line === 'solid' ? '' : ` data-line="${edge.line}"`;
  const ends = `data-edge="${escapeHtml(edge.id)}"`;
  return [
    `<path class="edge" ${ends} data-from="${escapeHtml(edge.from)}" data-to="${escapeHtml(edge.to)}"${style} d="${route.line}"/>`,
    ...route.tips.map((d) => `<path class="head" ${ends} d="${d}"/>`),
  ];
}

function writeEdgeLabel(edge: Edge, at: Point, lines: string[], pen: Pen): string[] {
  const size = fontSize.edge * pen.unit;
  const top = at.y - ((lines.length - 1) * lineHeight.edge * pen.unit) / 2;
  const rows = lines.map((text, row) =>
    writeText('', at.x, top + row * lineHeight.edge * pen.unit, size, text, pen),
  );
  return [`<g class="edge-label" data-edge="${escapeHtml(edge.id)}">`, ...rows, '</g>'];
}

function writeNode(node: GraphNode, rect: Rect, lines: string[], pen: Pen): string[] {
  const middle = centre(rect);
  const all = (lines.length * lineHeight.label + lineHeight.fact) * pen.unit;
  const top = middle.y - all / 2;
  const badge = badgeAt(node.shape, rect);
  const rows = lines.map((text, row) =>
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
  return [
    `<g class="node" data-node="${escapeHtml(node.id)}" data-label="${escapeHtml(node.lines.join(' '))}" data-shape="${node.shape}" data-x="${number(rect.x)}" data-y="${number(rect.y)}" data-width="${number(rect.width)}" data-height="${number(rect.height)}" data-badge-x="${number(badge.x)}" data-badge-y="${number(badge.y)}">`,
    ...drawShape(node.shape, rect),
    ...rows,
    writeText('fact', middle.x, fact, fontSize.fact * pen.unit, '', pen),
    '</g>',
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
