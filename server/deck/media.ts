import { escapeHtml } from './escape.ts';
import type { Problem } from './problem.ts';

/** What is known of a picture, a film or a sound that lies beside the deck. */
export interface Medium {
  /** Natural size in pixels, where it can be read. */
  width?: number;
  height?: number;
}

/** @returns undefined if there is none at this address, which is relative to the deck */
export type FindMedium = (address: string) => Promise<Medium | undefined>;

interface Size {
  width: number;
  height: number;
}

/** Sections with their media in place. */
export interface Placed {
  sections: string[];
  faults: (Fault & { address: string })[];
}

const FILM = /\.(mp4|m4v|mov|webm|ogv)$/i;
const SOUND = /\.(mp3|m4a|aac|ogg|oga|opus|wav|flac)$/i;
const PICTURE = /\.(png|apng|jpe?g|jfif|gif|svg|webp|avif|ico|bmp)$/i;
const TAG = /<img\b([^<>]*)>/g;
/** What an author's own HTML plays: it stays as it is written. */
const PLAYED = /<(?:video|audio|source)\b([^<>]*)>/g;

/**
 * Puts pictures, films and sounds in their places: with their natural sizes, so that nothing moves
 * when they arrive. What can't be shown leaves its alternative text, and a problem.
 */
export async function placeMedia(
  sections: readonly string[],
  find: FindMedium,
  canvas: Size,
): Promise<Placed> {
  const found = new Map<string, Medium | undefined>();
  const html = sections.join('\n');
  const shown = [...html.matchAll(TAG)].map(([, attributes = '']) => addressOf(attributes));
  const played = [...html.matchAll(PLAYED)]
    .map(([, attributes = '']) => addressOf(attributes))
    .filter((address) => address !== '');
  for (const address of [...shown, ...played]) {
    if (isElsewhere(address)) continue;
    for (const one of [address, captionsOf(address)]) {
      if (one !== undefined && !found.has(one)) found.set(one, await find(one));
    }
  }
  const faults = new Map<string, Fault>();
  for (const address of played) {
    const fault = faultOf(address, found.has(address) && found.get(address) === undefined);
    if (fault) faults.set(address, fault);
  }
  const place = (whole: string, attributes: string): string => {
    const address = addressOf(attributes);
    const fault = faultOf(address, found.has(address) && found.get(address) === undefined);
    if (fault) {
      faults.set(address, fault);
      return missing(attributes, address);
    }
    if (FILM.test(address) || SOUND.test(address)) {
      const captions = captionsOf(address);
      const has = captions !== undefined && found.get(captions) !== undefined;
      return player(attributes, address, has ? captions : undefined);
    }
    return picture(whole, attributes, found.get(address) ?? {}, canvas);
  };
  const placed = sections.map((section) => withoutEchoes(section.replace(TAG, place)));
  return {
    sections: placed,
    faults: [...faults].map(([address, fault]) => ({ address, ...fault })),
  };
}

type Fault = Pick<Problem, 'severity' | 'message' | 'cure'>;

function faultOf(address: string, isMissing: boolean): Fault | undefined {
  if (isElsewhere(address)) {
    return {
      severity: 'warning',
      message: `${address} lies elsewhere, and a talk shows nothing that needs the network.`,
      cure: 'Save it beside the deck, and name that file.',
    };
  }
  const [, ending = ''] = /\.(\w+)$/.exec(address) ?? [];
  if (![FILM, SOUND, PICTURE].some((kind) => kind.test(address))) {
    return {
      severity: 'warning',
      message: `${address} can’t be shown: browsers have no pictures of the kind ${ending ? ending.toUpperCase() : 'that this is'}.`,
      cure: 'Save it as SVG, PNG, JPEG, WebP or AVIF.',
    };
  }
  if (!isMissing) return undefined;
  return {
    severity: 'warning',
    message: `${address} is not there, or lies outside of the deck's folder.`,
    cure: 'Put it beside the deck, or mend its name.',
  };
}

/** A picture with its natural size; where only a part is to be seen, as SVG, which crops it. */
function picture(
  whole: string,
  attributes: string,
  { width, height }: Medium,
  canvas: Size,
): string {
  const known = width !== undefined && height !== undefined && width > 0 && height > 0;
  const clip = attribute(attributes, 'data-clip')?.split(' ').map(Number);
  const covers = known && width >= canvas.width && height >= canvas.height;
  const bare = whole
    .replace(' data-cover="true"', covers && !clip ? ' class="cover"' : '')
    .replace(/ data-(clip|autoplay)="[^"]*"/g, '');
  if (!known || / (width|height)=/.test(attributes)) return bare;
  if (!clip) return bare.replace('<img', `<img width="${width}" height="${height}"`);
  const [x = 0, y = 0, w = 100, h = 100] = clip;
  const part = [(x * width) / 100, (y * height) / 100, (w * width) / 100, (h * height) / 100].map(
    (value) => Math.round(value * 100) / 100,
  );
  const [, , wide, high] = part;
  const alt = attribute(attributes, 'alt') ?? '';
  const named = alt === '' ? 'aria-hidden="true"' : `role="img" aria-label="${alt}"`;
  const image = `<image href="${attribute(attributes, 'src') ?? ''}" width="${width}" height="${height}"></image>`;
  // The inner one cuts: what the outer one is larger than its own ratio stays empty.
  return `<svg class="clip" viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}" ${named}><svg viewBox="${part.join(' ')}" width="${wide}" height="${high}">${image}</svg></svg>`;
}

/** It plays when its slide shows only if it is asked to, and then without a sound. */
function player(attributes: string, address: string, captions: string | undefined): string {
  const tag = SOUND.test(address) ? 'audio' : 'video';
  const alt = attribute(attributes, 'alt') ?? '';
  const track =
    captions === undefined
      ? ''
      : `<track kind="captions" src="${escapeHtml(encodeURI(captions.toWellFormed()))}" label="Captions" default>`;
  const itself = attribute(attributes, 'data-autoplay') === 'true' ? ' muted data-autoplay' : '';
  const label = alt === '' ? '' : ` aria-label="${alt}"`;
  const inline = tag === 'video' ? ' playsinline' : '';
  return `<${tag} controls preload="metadata"${inline}${itself} src="${attribute(attributes, 'src') ?? ''}"${label}>${track}</${tag}>`;
}

function missing(attributes: string, address: string): string {
  return `<span class="missing">${attribute(attributes, 'alt') || escapeHtml(address)}</span>`;
}

/** A caption that says what stands there instead of the picture is said once. */
function withoutEchoes(html: string): string {
  return html.replace(
    /(<span class="missing">([^<]*)<\/span>)<figcaption>([^<]*)<\/figcaption>/g,
    (whole, span: string, alt: string, caption: string) => (alt === caption ? span : whole),
  );
}

function captionsOf(address: string): string | undefined {
  return FILM.test(address) ? address.replace(FILM, '.vtt') : undefined;
}

function isElsewhere(address: string): boolean {
  return /^([a-z][a-z\d+.-]*:|\/\/)/i.test(address);
}

/** As the author wrote it: without entities and without `%20`. */
function addressOf(attributes: string): string {
  const src = (attribute(attributes, 'src') ?? '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
  try {
    return decodeURIComponent(src);
  } catch {
    return src;
  }
}

/** Escaped, as it stands in the tag. */
function attribute(attributes: string, name: string): string | undefined {
  return new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1];
}
