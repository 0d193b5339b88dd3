import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Compiled } from '../deck/compile.ts';
import type { Own } from '../deck/dress.ts';
import { type Edition, makeEdition, type Template } from '../deck/edition.ts';
import type { DeckFile } from '../deck/load.ts';
import { stampMedia } from '../deck/stamp.ts';

/** A deck as it was on disk at a moment. */
export interface Version {
  compiled: Compiled;
  edition: Edition;
  /** Names the edition to a page that asks whether it has it. */
  id: string;
  /** All that it is made of; absolute paths. */
  files: readonly string[];
}

/** What is handed out of a deck that may change while it is open. */
export async function versionOf(
  opened: { file: DeckFile; compiled: Compiled & { own?: Own } },
  template: Template,
  settings: Readonly<Record<string, string>>,
): Promise<Version> {
  const folder = path.dirname(opened.file.path);
  const { compiled, files } = await stampMedia(opened.compiled, folder);
  const id = digest([...compiled.sections, compiled.style, compiled.theme]);
  return {
    compiled,
    edition: makeEdition(template, compiled, { ...settings, edition: id }),
    id,
    files: [
      ...opened.file.files,
      opened.compiled.own?.file ?? path.join(folder, 'theme.css'),
      ...files,
    ],
  };
}

function digest(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex').slice(0, 12);
}
