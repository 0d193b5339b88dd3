import type { Theme } from '../../src/shared/theme.ts';
import type { Box } from './deck.ts';
import { createFlow, type Flow } from './flow.ts';
import { LENGTHS, type Lengths } from './lengths.ts';
import { type Measure, measureOf } from './measure.ts';
import { type Branch, classesOf, tree } from './tree.ts';
import { type Room, tooWide } from './wrap.ts';

/** A slide whose text does not fit, by an estimate from the font's widths. */
export interface Overflow {
  /** From 0. */
  slide: number;
  /** What is too much, in pixels of the canvas, and in lines of body text. */
  pixels: number;
  lines: number;
}

/** A slide as it is estimated. */
export interface Estimate {
  /** What the body has, and what its content takes, in pixels of the canvas. */
  room: number;
  content: number;
  /** By how much code or a table is wider than its room, where it is. */
  excess: number;
  /** The headline's height. */
  headline: number;
}

/** Finds the slides that exceed their body. Pictures count as small as they may become. */
export function overflows(
  sections: readonly string[],
  theme: Theme,
  canvas: Box = { width: 1280, height: 720 },
): Overflow[] {
  const estimate = createEstimate(theme, canvas);
  return sections.flatMap((section, slide) => {
    const { room, content } = estimate(tree(section));
    const pixels = Math.round(content - room);
    // A pixel or two are within what an estimate can tell, and show nowhere.
    if (pixels <= 4) return [];
    const { bodySize, leading } = LENGTHS[theme];
    return [{ slide, pixels, lines: Math.ceil(pixels / (bodySize * leading)) }];
  });
}

/** Estimates a section, read as a tree. */
export function createEstimate(theme: Theme, canvas: Box): (section: Branch) => Estimate {
  const lengths = LENGTHS[theme];
  const measure = measureOf(theme);
  const flow = createFlow(lengths, measure);
  return (root) => {
    const section = part(root, 'section') ?? root;
    const excess = { pixels: 0 };
    const type = { size: lengths.bodySize, leading: lengths.leading, excess };
    const width = canvas.width - 2 * lengths.marginSide;
    const room = { ...type, width: width - lengths.textEnd };
    const body = section.children.find(
      (node): node is Branch => typeof node !== 'string' && classesOf(node).includes('body'),
    );
    const isTitle = classesOf(section).includes('title-slide');
    const content = body && !isTitle ? bodyHeight(body, room, flow, lengths) : 0;
    const headline = isTitle
      ? 0
      : headlineHeight(section, { ...type, width }, flow, { lengths, measure });
    const isLive = section.children.some(
      (node) => typeof node !== 'string' && node.tag === 'aside',
    );
    const around = lengths.marginTop + lengths.marginBottom + lengths.foot + (isLive ? 105 : 0);
    return { room: canvas.height - around - headline, content, excess: excess.pixels, headline };
  };
}

function headlineHeight(
  section: Branch,
  room: Room,
  flow: Flow,
  { lengths, measure }: { lengths: Lengths; measure: Measure },
): number {
  const names = classesOf(section);
  const headline = part(section, 'h2');
  if (headline === undefined || names.includes('hide-title')) return 0;
  // Its padding leaves room for what stands in the corner.
  const beside = names.includes('has-diagram') && lengths.headlineGap > 20;
  const width = room.width - (beside ? 300 : names.includes('has-logo') ? 240 : 0);
  const [own] = classesOf(headline).flatMap((name) => /^size-(\d+)$/.exec(name)?.[1] ?? []);
  const size = own === undefined ? lengths.headlineSize : Number(own);
  const type = { ...room, width, size, leading: lengths.headlineLeading, bold: true };
  if (own !== undefined) room.excess.pixels = tooWide(headline.children, type, measure);
  return flow.text(headline.children, type) + (beside ? 20 : lengths.headlineGap);
}

function bodyHeight(body: Branch, room: Room, flow: Flow, lengths: Lengths): number {
  const side = sideOf(body);
  const children = side ? body.children.filter((node) => node !== side) : body.children;
  return flow.column(children, textRoom(body, room), lengths.blockGap);
}

/** Beside a picture there is less room for text. */
function textRoom(body: Branch, room: Room): Room {
  const side = sideOf(body);
  if (!side) return room;
  const share = classesOf(side).flatMap((name) => /^width-([\d_]+)$/.exec(name)?.[1] ?? [])[0];
  const natural = side.children.find((node): node is Branch => typeof node !== 'string');
  const pixels = Number(natural?.attributes.width);
  const most = room.width / 2;
  const taken =
    share === undefined
      ? Math.min(Number.isFinite(pixels) ? pixels : most, most)
      : (room.width * Number(share.replace('_', '.'))) / 100;
  return { ...room, width: Math.max(100, room.width - taken - 40) };
}

function sideOf(body: Branch): Branch | undefined {
  if (!classesOf(body).some((name) => name.startsWith('beside-'))) return undefined;
  return body.children.find(
    (node): node is Branch => typeof node !== 'string' && node.tag === 'figure',
  );
}

function part({ children }: Branch, tag: string): Branch | undefined {
  return children.find((node): node is Branch => typeof node !== 'string' && node.tag === tag);
}
