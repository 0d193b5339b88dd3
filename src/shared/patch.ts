/** A line of what a commit changed, as it is shown. */
export interface ChangedLine {
  kind: 'file' | 'added' | 'removed' | 'same' | 'note';
  /** Without its sign. */
  text: string;
}

/** What a patch comes to in few lines. */
export interface Excerpt {
  lines: readonly ChangedLine[];
  /** Changed lines that there was no room for. */
  left: number;
}

type Line = ChangedLine | { kind: 'gap'; text: '' };

/** Of a file's path only its end is read. */
const PATH = 48;

/**
 * The changed lines of a patch, under the name of their file, and between them what stands next to
 * them as far as there is room. What only Git needs to know is left out.
 */
export function excerpt(patch: string, most: number): Excerpt {
  const all = read(patch);
  const changed = all.filter(isChange);
  const wanted = new Set<ChangedLine>();
  for (const line of changed) {
    const file = fileOf(all, line);
    const cost = wanted.has(file) ? 1 : 2;
    if (wanted.size + cost > most) break;
    wanted.add(file).add(line);
  }
  const shown = changed.filter((line) => wanted.has(line)).length;
  if (shown === changed.length) addContext(all, wanted, most);
  const kept = all.filter((line) => line.kind !== 'gap').filter((line) => wanted.has(line));
  return { lines: dedented(kept), left: changed.length - shown };
}

/** A patch line by line; a hunk begins at a gap. */
function read(patch: string): Line[] {
  const lines: Line[] = [];
  let inHunk = false;
  for (const line of patch.split('\n')) {
    if (line.startsWith('diff --git ')) {
      inHunk = false;
      lines.push({ kind: 'file', text: fileName(line) });
    } else if (line.startsWith('@@')) {
      inHunk = true;
      lines.push({ kind: 'gap', text: '' });
    } else if (inHunk) lines.push(...hunkLine(line));
    else if (line.startsWith('Binary files')) lines.push({ kind: 'note', text: 'binary file' });
    else if (line.startsWith('rename from'))
      lines.push({ kind: 'note', text: `was ${line.slice(12)}` });
  }
  return lines;
}

function hunkLine(line: string): ChangedLine[] {
  const text = line.slice(1).trimEnd();
  if (line.startsWith('+')) return [{ kind: 'added', text }];
  if (line.startsWith('-')) return [{ kind: 'removed', text }];
  // `\ No newline at end of file` is nobody's line.
  return line.startsWith(' ') ? [{ kind: 'same', text }] : [];
}

function fileName(line: string): string {
  const path = / "?b\/(.+?)"?$/.exec(line)?.[1] ?? '';
  return path.length > PATH ? `…${path.slice(1 - PATH)}` : path;
}

function isChange(line: Line): line is ChangedLine {
  return line.kind === 'added' || line.kind === 'removed' || line.kind === 'note';
}

/** The line that names the file of another. A patch whose head is lost has none. */
function fileOf(all: readonly Line[], line: ChangedLine): ChangedLine {
  const before = all.slice(0, all.indexOf(line));
  return before.findLast((each): each is ChangedLine => each.kind === 'file') ?? line;
}

/** Nearest first: one line above and below each change, then two, while there is room. */
function addContext(all: readonly Line[], wanted: Set<ChangedLine>, most: number): void {
  const changes = all.flatMap((line, index) => (isChange(line) ? [index] : []));
  for (const distance of [1, 2]) {
    for (const index of changes.flatMap((at) => [at - distance, at + distance])) {
      const line = all[index];
      if (line?.kind !== 'same' || wanted.size >= most) continue;
      if (isNextTo(all, wanted, index)) wanted.add(line);
    }
  }
}

/** Context grows from a change: no line stands alone. */
function isNextTo(all: readonly Line[], wanted: ReadonlySet<ChangedLine>, index: number): boolean {
  return [all[index - 1], all[index + 1]].some(
    (line) => line !== undefined && line.kind !== 'gap' && wanted.has(line),
  );
}

/** What all lines are indented by says nothing. */
function dedented(lines: readonly ChangedLine[]): ChangedLine[] {
  const isCode = ({ kind }: ChangedLine) => kind !== 'file' && kind !== 'note';
  const code = lines.filter((line) => isCode(line) && line.text !== '');
  const indent = Math.min(...code.map(({ text }) => text.length - text.trimStart().length));
  return lines.map((line) => (isCode(line) ? { ...line, text: line.text.slice(indent) } : line));
}
