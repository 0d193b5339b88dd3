import { isDark } from './colour.ts';

/**
 * What a deck adds to the app's styles: nothing may be styled inline, so a share, a margin or a
 * colour is a class whose name says its value, and each class that is used becomes a rule.
 * @param html the deck's sections
 * @param steps the most that a slide has
 * @param height of the canvas
 */
export function deckStyle(html: string, steps: number, height = 720): string {
  const names = new Set(
    Array.from(html.matchAll(/ class="([^"]*)"/g), ([, all = '']) => all.split(' ')).flat(),
  );
  const rules = [...names].toSorted().flatMap((name) => ruleOf(name) ?? []);
  return [
    ...(height === 720 ? [] : canvas(height)),
    ...rules,
    ...stepsByAddress(steps),
    ...litLines(html, steps),
  ]
    .map((rule) => `${rule}\n`)
    .join('');
}

/** On the glass, and on paper, whose size no custom property can say. */
function canvas(height: number): string[] {
  return [`:root { --canvas-height: ${height}px; }`, `@page { size: 1280px ${height}px; }`];
}

/** A class with a number, a colour or a word as its value: `height-60`, `room-top--5_5`. */
export function valueClass(name: string, value: number | string): string {
  return `${name}-${String(value).replace('.', '_')}`;
}

/** What the classes with a value mean. Shares of a height are of the box's own, in `cqh`. */
const NUMBERS: Record<string, (value: number) => string> = {
  height: (share) => `--share: ${share}%;`,
  width: (share) => `--width: ${share}%;`,
  'px-width': (pixels) => `--width: ${pixels}px;`,
  'px-height': (pixels) => `--height: ${pixels}px;`,
  'room-top': (share) => `margin-top: ${share}cqh;`,
  'room-bottom': (share) => `margin-bottom: ${share}cqh;`,
  'room-left': (share) => `margin-left: ${share}%;`,
  'room-right': (share) => `margin-right: ${share}%;`,
  alpha: (part) => `--alpha: ${part};`,
  'caption-size': (pixels) => `--caption-size: ${pixels}px;`,
  size: (pixels) => `font-size: ${pixels}px;`,
  grow: (share) => `flex-grow: ${share};`,
  'space-top': (times) => `margin-top: ${times / 2}em;`,
  'space-bottom': (times) => `margin-bottom: ${times / 2}em;`,
  'space-left': (times) => `margin-left: ${times / 2}em;`,
  'space-right': (times) => `margin-right: ${times / 2}em;`,
};

const COLOURS: Record<string, (hex: string) => string> = {
  'caption-colour': (hex) => `--caption-colour: #${hex};`,
  'panel-colour': (hex) => `--diagram-ground: #${hex};`,
  'headline-colour': (hex) => `--headline-colour: #${hex};`,
  'headline-shadow': (hex) => `--headline-shadow: 0.04em 0.05em 0 #${hex};`,
  ground: (hex) =>
    `--paper: #${hex}; background: #${hex}; color: var(--ink); color-scheme: ${isDark(hex) ? 'dark' : 'light'};`,
};

function ruleOf(name: string): string | undefined {
  const [, property = '', sign] = /^([a-z-]+?)-(-?\d+(?:_\d+)?)$/.exec(name) ?? [];
  const number = Object.hasOwn(NUMBERS, property) ? NUMBERS[property] : undefined;
  if (number) return `.reveal .${name} { ${number(Number(sign?.replace('_', '.')))} }`;
  const [, kind = '', hex = ''] = /^([a-z-]+)-((?:[\da-f]{6}){1}(?:[\da-f]{2})?)$/.exec(name) ?? [];
  const colour = Object.hasOwn(COLOURS, kind) ? COLOURS[kind] : undefined;
  return colour && `.reveal .slides .${name} { ${colour(hex)} }`;
}

/** Further steps of a slide are shown once the script runs. */
const MOST_STEPS = 200;

/** Before the script runs, an address such as `#/4/2` shows the slide with its first two steps. */
function stepsByAddress(most: number): string[] {
  return Array.from({ length: Math.min(most, MOST_STEPS) }, (_, index) => {
    const reached = `${stepsFrom(index, most)} ~ * .fragment[data-fragment-index="${index}"]`;
    return `.reveal:not(.ready) ${reached} { opacity: 1; visibility: inherit; }`;
  });
}

/** The last part of a listing that has been reached says which of its lines are lit. */
function litLines(html: string, steps: number): string[] {
  const marks = html.matchAll(/class="fragment part-(\d+)" data-fragment-index="(\d+)"/g);
  const places = new Map<string, { part: number; index: number }>();
  for (const [place, part, index] of marks) {
    places.set(place, { part: Number(part), index: Number(index) });
  }
  return [...places.values()]
    .toSorted((a, b) => a.part - b.part || a.index - b.index)
    .flatMap(({ part, index }) => {
      const mark = `.part-${part}[data-fragment-index="${index}"]`;
      return [
        ...lit(`.reveal ${mark}.visible`, part),
        ...lit(`.reveal:not(.ready) ${stepsFrom(index, steps)} ~ * ${mark}`, part),
      ];
    });
}

function lit(reached: string, part: number): string[] {
  return [
    `${reached} ~ code .line:not(.lit-${part}) { opacity: var(--dim); }`,
    `${reached} ~ code .line.lit-${part} { opacity: 1; }`,
  ];
}

/** The places that addresses lead to when a fragment, from 0, is revealed. */
function stepsFrom(index: number, most: number): string {
  const steps = Array.from(
    { length: Math.max(1, Math.min(most, MOST_STEPS) - index) },
    (_, later) => `.step-${index + later + 1}`,
  );
  return `:is(${steps.join(', ')}):target`;
}
