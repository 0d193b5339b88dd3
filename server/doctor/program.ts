import { access, constants } from 'node:fs/promises';
import path from 'node:path';

/** What a program said; `code` is 127 when there is no such program, 124 when it took too long. */
export interface Said {
  code: number;
  out: string;
}

/** Runs a program to its end. Never rejects. */
export type Ask = (program: string, args: readonly string[]) => Promise<Said>;

/** Those of the names that a shell would find. */
export async function onPath(
  names: readonly string[],
  searched: string | undefined,
): Promise<string[]> {
  const folders = (searched ?? '').split(path.delimiter).filter(Boolean);
  const found = await Promise.all(
    names.map(async (name) => {
      const there = await Promise.all(
        folders.map((folder) => isThere(path.join(folder, name), constants.X_OK)),
      );
      return there.includes(true) ? [name] : [];
    }),
  );
  return found.flat();
}

export function isThere(file: string, mode: number = constants.F_OK): Promise<boolean> {
  return access(file, mode).then(
    () => true,
    () => false,
  );
}
