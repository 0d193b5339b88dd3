import { stat } from 'node:fs/promises';

/** Another string once one of the files was changed, replaced, removed or has appeared. */
export async function stampOf(files: readonly string[]): Promise<string> {
  const stamps = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`,
        () => 'none',
      ),
    ),
  );
  return stamps.join();
}
