import type { StateBlock, StateInline, Token } from 'markdown-it';
import type { Problem } from '../problem.ts';

/** What there is to say about the author's text, before its place in the file is known. */
export type Remark = Pick<Problem, 'severity' | 'message' | 'cure'>;

/** A remark with its place in the file. */
export type PlacedRemark = Omit<Problem, 'file'>;

/** Turns a token into a remark. Remarks travel in the token stream, so each keeps its place. */
export function makeRemark(token: Token, { severity, message, cure }: Remark): void {
  token.type = 'remark';
  token.tag = '';
  token.markup = severity;
  token.content = message;
  token.info = cure;
}

/** A remark on a line (from 0), at a column (from 0) if that is known. */
export function remarkOnLine(state: StateBlock, line: number, remark: Remark, column?: number) {
  const token = state.push('remark', '', 0);
  token.map = [line, line + 1];
  if (column !== undefined) token.attrSet('column', column);
  makeRemark(token, remark);
}

/** Of one kind in one paragraph; who reads these has read enough. */
const MOST = 20;

/** How often a paragraph has been told something. */
const told = new WeakMap<StateInline, Map<string, number>>();

/** A remark on what stands at a position of the inline text. */
export function remarkAt(state: StateInline, position: number, remark: Remark) {
  const counts = told.get(state) ?? new Map<string, number>();
  const count = counts.get(remark.message) ?? 0;
  told.set(state, counts.set(remark.message, count + 1));
  if (count >= MOST) return;
  const token = state.push('remark', '', 0);
  token.attrSet('offset', position);
  makeRemark(token, remark);
}

/** Every remark of a token stream, with its place. `lines` are those of the source. */
export function remarks(tokens: readonly Token[], lines: readonly string[]): PlacedRemark[] {
  // A table's cells have no line of their own: it is that of their row.
  let line = 0;
  return tokens.flatMap((token) => {
    line = token.map?.[0] ?? line;
    if (token.type === 'remark') return [placed(token, line, lines)];
    const inside = token.children?.filter(({ type }) => type === 'remark') ?? [];
    return inside.length === 0 ? [] : placedInside(token.content, inside, line, lines);
  });
}

/** Inline text has lost its lines' indentation, so each line is looked for in the source. */
function placedInside(
  text: string,
  inside: readonly Token[],
  first: number,
  lines: readonly string[],
): PlacedRemark[] {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return inside.map((remark) => {
    const offset = numberOf(remark, 'offset') ?? 0;
    const row = starts.findLastIndex((start) => start <= offset);
    const start = starts[row] ?? 0;
    const end = starts[row + 1] ?? text.length + 1;
    const indent = lines[first + row]?.indexOf(text.slice(start, end - 1)) ?? 0;
    return placed(remark, first + row, lines, Math.max(0, indent) + offset - start);
  });
}

function placed(token: Token, line: number, lines: readonly string[], column?: number) {
  const first = Math.max(0, lines[line]?.search(/\S/) ?? 0);
  return {
    line: line + 1,
    column: (column ?? numberOf(token, 'column') ?? first) + 1,
    severity: severityOf(token.markup),
    message: token.content,
    cure: token.info,
  };
}

function numberOf(token: Token, name: string): number | undefined {
  const value = token.attrGet(name);
  return typeof value === 'number' ? value : undefined;
}

function severityOf(markup: string): Problem['severity'] {
  return markup === 'error' || markup === 'warning' ? markup : 'notice';
}
