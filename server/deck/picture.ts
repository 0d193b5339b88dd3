import { colourOf } from './colour.ts';
import type { Block } from './deck.ts';
import { escapeHtml } from './escape.ts';
import type { PlacedRemark } from './rules/remark.ts';
import { valueClass } from './style.ts';

/** What attribute lists and properties say: `-` and `_` are one in Rabbit. */
type Given = Readonly<Record<string, string>>;

/** Where a picture, a diagram or a film stands, and how large: what its attributes ask for. */
export interface Placement {
  classes: string[];
  /** In percent of what remains of the body, and of its width. */
  share?: number;
  width?: number;
  /** Text flows on the other side of it. */
  side?: 'left' | 'right';
  /** What is seen of it, in percent of its own width and height. */
  clip?: readonly [x: number, y: number, width: number, height: number];
  caption?: string;
  /** What can't be done. */
  faults: Fault[];
}

type Fault = Pick<PlacedRemark, 'severity' | 'message' | 'cure'>;

/** Reads the attributes of a picture, a diagram or a film; values that are none are told. */
export function placementOf(attributes: Given): Placement {
  if (Object.keys(attributes).length === 0) return { classes: [], faults: [] };
  const given = normal(attributes);
  const faults: Fault[] = [];
  const number = (key: string, from = -1000, to = 1000): number | undefined => {
    const text = given[key];
    if (text === undefined) return undefined;
    const value = /^\s*[-+]?(\d+\.?\d*|\.\d+)\s*%?\s*$/.test(text) ? Number.parseFloat(text) : NaN;
    if (value >= from && value <= to) return Math.round(value * 100) / 100;
    faults.push(noNumber(key, text, from, to));
    return undefined;
  };
  const colour = (key: string): string | undefined => {
    const text = given[key];
    const value = text === undefined ? undefined : colourOf(text);
    if (text !== undefined && value === undefined) faults.push(noColour(key, text));
    return value;
  };

  const share = number('relative_height', 0.1);
  const width = number('relative_width', 0.1);
  const [wide, tall] = [number('width', 1, 10_000), number('height', 1, 10_000)];
  const isLarge = given.as_large_as_possible === 'true';
  const room = SIDES.map((side) => {
    const parts = [number(`relative_margin_${side}`), number(`relative_padding_${side}`)];
    return [side, parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)] as const;
  }).filter(([, part]) => part !== 0);
  const captionSize = number('caption_font_size', 0.1, 400);
  const valued: [name: string, value: number | string | undefined][] = [
    ['height', share],
    ['width', width],
    ['px-width', width === undefined ? wide : undefined],
    ['px-height', share === undefined ? tall : undefined],
    ...room.map(([side, part]) => [`room-${side}`, part] as [string, number]),
    ['alpha', number('alpha', 0, 1)],
    ['caption-size', captionSize && captionPixels(captionSize)],
    ['caption-colour', colour('caption_color')],
    ['panel-colour', colour('background_color')],
  ];
  const clip = clipOf(number);
  faults.push(...undone(given));
  return {
    classes: [
      ...(share !== undefined ? ['sized'] : []),
      ...(share !== undefined && share > 100 ? ['over'] : []),
      ...(width !== undefined || wide !== undefined ? ['wide'] : []),
      ...(tall !== undefined && share === undefined ? ['tall'] : []),
      ...(isLarge ? ['filling'] : []),
      ...(given.keep_ratio === 'false' ? ['stretched'] : []),
      ...valued.flatMap(([name, value]) => (value === undefined ? [] : [valueClass(name, value)])),
    ],
    ...(share !== undefined && { share }),
    ...(width !== undefined && { width }),
    ...(given.align === 'left' || given.align === 'right' ? { side: given.align } : {}),
    ...(clip && { clip }),
    ...(given.caption !== undefined && { caption: given.caption }),
    faults,
  };
}

/** Whether a block can have a place: what else has attributes keeps its own. */
export function isPicture({ kind }: Block): boolean {
  return kind === 'image' || kind === 'diagram';
}

/** Whether a share of what remains of the body is asked for. */
export function asksForShare(attributes: Given = {}): boolean {
  const { classes } = placementOf(attributes);
  return classes.some((name) => name === 'sized' || name === 'filling' || /^room-(t|b)/.test(name));
}

/** The words under a picture. */
export function captionHtml(caption: string): string {
  return caption === '' ? '' : `<figcaption>${escapeHtml(caption)}</figcaption>`;
}

const SIDES = ['top', 'bottom', 'left', 'right'] as const;

function normal(attributes: Given): Given {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key.replaceAll('-', '_'), value]),
  );
}

/** What is seen lies within the picture, and is some of it. */
function clipOf(number: (key: string, from?: number, to?: number) => number | undefined) {
  const part = (key: string) => number(`relative_clip_${key}`, 0, 100);
  const [x, y, width, height] = [part('x'), part('y'), part('width'), part('height')];
  if ([x, y, width, height].every((value) => value === undefined)) return undefined;
  const [left, top] = [Math.min(x ?? 0, 99), Math.min(y ?? 0, 99)];
  return [
    left,
    top,
    Math.max(1, Math.min(width ?? 100, 100 - left)),
    Math.max(1, Math.min(height ?? 100, 100 - top)),
  ] as const;
}

/** Rabbit's font sizes are percents of the canvas; a larger number can only be pixels. */
function captionPixels(size: number): number {
  return Math.max(14, Math.round(size <= 20 ? size * 7.2 : size));
}

function undone(given: Given): Fault[] {
  const notDone = (message: string, cure: string): Fault => ({ severity: 'notice', message, cure });
  return [
    ...(Object.keys(given).some((key) => /^draw\d+$/.test(key))
      ? [notDone('What draw0 and its like ask for is not drawn.', 'Draw it into the picture.')]
      : []),
    ...(Object.keys(given).some((key) => key.startsWith('reflect'))
      ? [notDone('Pictures are not reflected here.', 'Draw the reflection into the picture.')]
      : []),
    ...(given.page === undefined
      ? []
      : [notDone('There are no PDF pages here.', 'Save the page as SVG or PNG and name that.')]),
    ...(given.align === undefined || /^(left|right|center)$/.test(given.align)
      ? []
      : [notDone(`“${given.align}” is no side.`, 'Write align="right", "left" or "center".')]),
  ];
}

function noNumber(key: string, text: string, from: number, to: number): Fault {
  return {
    severity: 'warning',
    message: `${key} is “${text}”, which is no number from ${from} to ${to}.`,
    cure: `Write it like this: ${key}="60".`,
  };
}

function noColour(key: string, text: string): Fault {
  return {
    severity: 'warning',
    message: `${key} is “${text}”, which is no colour.`,
    cure: 'Write a colour as CSS has it: #3d6ddd, rgb(61 109 221) or navy.',
  };
}
