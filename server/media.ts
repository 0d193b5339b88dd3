import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { imageSizeFromFile } from 'image-size/fromFile';

const MEDIA =
  /\.(a?png|jpe?g|jfif|gif|svg|webp|avif|ico|bmp|mp4|m4v|mov|webm|ogv|mp3|m4a|aac|ogg|oga|opus|wav|flac|vtt|woff2?)$/i;

/**
 * A picture, a film, a sound or a font beside a deck: all of its folder that others may see.
 * @param address relative to the folder
 * @returns the file, or undefined for what is none, is hidden, or lies outside, be it by a link
 */
export async function mediaFile(folder: string, address: string): Promise<string | undefined> {
  try {
    const file = await realpath(path.join(folder, address));
    const isShown = isVisible(await realpath(folder), file) && (await stat(file)).isFile();
    return isShown ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Finds what lies beside a deck; of pictures also their natural size, as they are shown. */
export function mediumIn(
  folder: string,
): (address: string) => Promise<{ width?: number; height?: number } | undefined> {
  return async (address) => {
    const file = await mediaFile(folder, address);
    if (file === undefined) return undefined;
    try {
      const { width, height, orientation = 1 } = await imageSizeFromFile(file);
      // A camera held upright says so, and browsers turn its pictures.
      return orientation > 4 ? { width: height, height: width } : { width, height };
    } catch {
      return {};
    }
  };
}

/** The addresses that a page takes pictures, films and sounds from, as far as they lie beside it. */
export function mediaIn(html: string): Set<string> {
  const sources = html.matchAll(/(?: (?:src|poster)|<image href)="([^":?#]+)"/g);
  return new Set(
    Array.from(sources, ([, source = '']) => addressIn(source)).filter((source) =>
      MEDIA.test(source),
    ),
  );
}

function isVisible(folder: string, file: string): boolean {
  const inside = path.relative(folder, file);
  const isHidden = inside.split(path.sep).some((part) => part.startsWith('.'));
  return MEDIA.test(file) && !isHidden && !path.isAbsolute(inside);
}

/** An address as HTML has it, without the signs that HTML and addresses need. */
export function addressIn(source: string): string {
  const address = source.replaceAll('&amp;', '&');
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
