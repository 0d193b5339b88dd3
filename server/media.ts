import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';

const MEDIA = /\.(png|jpe?g|gif|svg|webp|avif|ico|mp4|webm|mp3|ogg|wav|vtt)$/i;

/**
 * A picture, a film or a sound beside a deck: all of its folder that others may see.
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

/** The addresses that a page takes pictures, films and sounds from, as far as they lie beside it. */
export function mediaIn(html: string): Set<string> {
  const sources = html.matchAll(/ (?:src|poster)="([^":?#]+)"/g);
  return new Set(
    Array.from(sources, ([, source = '']) => decode(source.replaceAll('&amp;', '&'))).filter(
      (source) => MEDIA.test(source),
    ),
  );
}

function isVisible(folder: string, file: string): boolean {
  const inside = path.relative(folder, file);
  const isHidden = inside.split(path.sep).some((part) => part.startsWith('.'));
  return MEDIA.test(file) && !isHidden && !path.isAbsolute(inside);
}

function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
