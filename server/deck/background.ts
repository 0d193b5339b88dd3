import { colourOf } from './colour.ts';
import type { Slide } from './deck.ts';
import { escapeHtml } from './escape.ts';
import { captionHtml, type Placement, placementOf } from './picture.ts';
import { valueClass } from './style.ts';

/** What a slide's properties ask for beside its text. */
export interface Ground {
  classes: string[];
  /** Behind the text, or in a corner. */
  html: string;
  faults: Placement['faults'];
}

/** @param deck the title slide's properties: its logo is that of the whole deck */
export function groundOf({ kind, properties }: Slide, deck: Slide['properties']): Ground {
  const faults: Ground['faults'] = [];
  const colour = (key: string): string | undefined => {
    const text = properties[key];
    const hex = text === undefined ? undefined : colourOf(text);
    if (text !== undefined && hex === undefined) faults.push(noColour(key, text));
    return hex;
  };
  const valued = [
    ['ground', colour('background-color')],
    ['headline-colour', colour('headline-color')],
    ['headline-shadow', colour('headline-shadow-color')],
  ] as const;
  const align = properties['headline-align']?.toLowerCase();
  const isSide = align === 'left' || align === 'center' || align === 'right';
  if (align !== undefined && !isSide) faults.push(noSide('headline-align', align));
  const logo = kind === 'title' ? undefined : (properties['logo-image'] ?? deck['logo-image']);
  const hasLogo = logo !== undefined && logo !== '' && logo !== 'none';
  return {
    classes: [
      ...valued.flatMap(([name, hex]) => (hex === undefined ? [] : [valueClass(name, hex)])),
      ...(isSide ? [`headline-${align}`] : []),
      ...(hasLogo ? ['has-logo'] : []),
    ],
    html: [
      backgroundHtml(properties, faults),
      hasLogo ? `<img class="logo" src="${addressIn(logo)}" alt="">` : '',
    ]
      .filter(Boolean)
      .join('\n'),
    faults,
  };
}

/** `background-image` and all that begins with it, which Rabbit reads as a picture's attributes. */
function backgroundHtml(properties: Slide['properties'], faults: Ground['faults']): string {
  const image = properties['background-image'];
  if (image === undefined || image === '') return '';
  const given = Object.fromEntries(
    Object.entries(properties).flatMap(([key, value]) =>
      key.startsWith('background-image-') ? [[key.slice('background-image-'.length), value]] : [],
    ),
  );
  const { align = 'center', 'vertical-align': vertical = 'middle', credit = '', ...rest } = given;
  const placement = placementOf(rest);
  faults.push(...placement.faults);
  if (!/^(left|center|right)$/.test(align)) faults.push(noSide('background-image-align', align));
  if (!/^(top|middle|bottom)$/.test(vertical)) {
    faults.push(noSide('background-image-vertical-align', vertical));
  }
  const names = ['background', ...placement.classes];
  if (align === 'left' || align === 'right') names.push(`at-${align}`);
  if (vertical === 'top' || vertical === 'bottom') names.push(`at-${vertical}`);
  const isSized = placement.classes.some((name) => /^(sized|wide|tall|filling)$/.test(name));
  const cover = isSized ? '' : ' data-cover="true"';
  const clip = placement.clip ? ` data-clip="${placement.clip.join(' ')}"` : '';
  const words = captionHtml(placement.caption ?? '');
  const thanks = credit === '' ? '' : `<small class="credit">${escapeHtml(credit)}</small>`;
  return `<figure class="${names.join(' ')}"><img${cover}${clip} src="${addressIn(image)}" alt="">${words}</figure>${thanks}`;
}

function addressIn(text: string): string {
  return escapeHtml(encodeURI(text.trim().toWellFormed()));
}

function noColour(key: string, text: string): Ground['faults'][number] {
  return {
    severity: 'warning',
    message: `${key} is “${text}”, which is no colour.`,
    cure: 'Write a colour as CSS has it: #3d6ddd, rgb(61 109 221) or navy.',
  };
}

function noSide(key: string, text: string): Ground['faults'][number] {
  return {
    severity: 'warning',
    message: `${key} is “${text}”, which is no side.`,
    cure: key.includes('vertical')
      ? 'Write top, middle or bottom.'
      : 'Write left, center or right.',
  };
}
