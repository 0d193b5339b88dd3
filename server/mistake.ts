/** What the person at the terminal can mend: told in one line, without a stack trace. */
export class Mistake extends Error {
  override name = 'Mistake';
  readonly exitCode: 1 | 2;

  /** @param exitCode 1: what was asked for found a problem; 2: it was asked wrongly */
  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The code of a Node.js system error (`ENOENT`, `EADDRINUSE`), if it is one. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** Why the system would not read or write something, in words. */
export function reasonOf(error: unknown): string {
  const code = systemCode(error);
  switch (code) {
    case 'ENOENT':
      return 'there is no such file or folder';
    case 'EISDIR':
      return 'it is a folder';
    case 'EEXIST':
    case 'ENOTDIR':
      return 'a file stands where a folder should';
    case 'EACCES':
    case 'EPERM':
      return 'you may not';
    case 'EROFS':
      return 'the disk is read-only';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return code ?? 'the reason is unknown';
  }
}
