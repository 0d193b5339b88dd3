import { stat } from 'node:fs/promises';
import path from 'node:path';
import { addressIn, mediaFile } from '../media.ts';
import type { Compiled } from './compile.ts';

const NAMED = /((?: (?:src|poster)=|<image href=)"|url\("?)([^"():?#\s]+)(?=["?)])/g;

/**
 * Puts a version behind the address of each picture, film and sound beside the deck: a browser
 * fetches one that has changed anew, and its slide counts as edited.
 * @returns the deck, and the files that it names, those that are missing too
 */
export async function stampMedia(
  compiled: Compiled,
  folder: string,
): Promise<{ compiled: Compiled; files: string[] }> {
  const versions = new Map<string, string>();
  const files: string[] = [];
  for (const [, , raw = ''] of [...compiled.sections, compiled.style].join('\n').matchAll(NAMED)) {
    if (versions.has(raw)) continue;
    const file = await mediaFile(folder, addressIn(raw));
    files.push(file ?? path.join(folder, addressIn(raw)));
    if (file === undefined) continue;
    const { mtimeMs, size } = await stat(file);
    versions.set(raw, `${Math.round(mtimeMs).toString(36)}${size.toString(36)}`);
  }
  const stamped = (text: string) =>
    text.replace(NAMED, (whole: string, _, raw: string) => {
      const version = versions.get(raw);
      return version === undefined ? whole : `${whole}?v=${version}`;
    });
  return {
    files,
    compiled: {
      ...compiled,
      sections: compiled.sections.map((section) => withVersions(stamped(section))),
      style: stamped(compiled.style),
    },
  };
}

/** A page exchanges a section whose digest differs. */
function withVersions(section: string): string {
  const versions = section.match(/(?<=\?v=)\w+/g) ?? [];
  if (versions.length === 0) return section;
  return section.replace(/(?<= data-digest="\w+)(?=")/, `-${versions.join('-')}`);
}
