/** What is wrong with a diagram, in a sentence. Line and column count from 1 within its source. */
export class DiagramError extends Error {
  readonly line: number;
  readonly column: number;
  /** Whether it may go well the next time: the source is not to blame. */
  readonly isPassing: boolean;

  constructor(message: string, line = 1, column = 1, { isPassing = false } = {}) {
    super(message);
    this.isPassing = isPassing;
    this.name = 'DiagramError';
    this.line = line;
    this.column = column;
  }

  /** What Mermaid threw over a source, at the place that it names. */
  static from(error: unknown, source: string): DiagramError {
    if (error instanceof DiagramError) return error;
    const thrown = error instanceof Error ? error : new Error(String(error));
    const place =
      readHash(thrown, source) ?? readLexical(thrown, source) ?? readPlace(thrown, source);
    if (place) return new DiagramError(place.message, place.line, place.column);
    if (thrown.name === 'UnknownDiagramError')
      return new DiagramError(
        'This is no kind of diagram that Mermaid knows.',
        blankLines(source) + 1,
      );
    return new DiagramError(close(`Mermaid cannot draw this: ${thrown.message.split('\n')[0]}`));
  }
}

interface Told {
  message: string;
  line: number;
  column: number;
}

/** Mermaid counts from the first line that is not empty. */
function blankLines(source: string): number {
  return source.slice(0, source.search(/\S|$/)).split('\n').length - 1;
}

/** Parsers of the older kind hang what they know onto the error: the place before the word. */
function readHash(error: Error, source: string): Told | undefined {
  const hash = fields(Reflect.get(error, 'hash'));
  const place = fields(hash?.loc);
  if (!hash || typeof place?.last_line !== 'number' || typeof place.last_column !== 'number')
    return undefined;
  const text = typeof hash.text === 'string' ? hash.text : '';
  const word = text.trim();
  const lines = source.split('\n');
  const end = source.trimEnd().split('\n').length;
  const line = place.last_line + blankLines(source);
  if (String(hash.token) === '1' || line > end)
    return {
      message: 'The diagram ends before this is complete.',
      line: end,
      column: (lines[end - 1] ?? '').length + 1,
    };
  if (word === '')
    return {
      message: 'The line ends before this is complete.',
      line,
      column: place.last_column + 1,
    };
  const column = Math.max(0, place.last_column - text.length);
  const message = `“${word}” is not expected here.`;
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0) + column;
  const found = source.indexOf(word, start);
  return found < 0 ? { message, line, column: column + 1 } : { message, ...placeOf(found, source) };
}

/** The same parsers over a letter that begins no word: the line, and what stands there. */
function readLexical(error: Error, source: string): Told | undefined {
  const [head = '', context = '', arrow = ''] = error.message.split('\n');
  const said = /Lexical error on line (\d+)/.exec(head)?.[1];
  if (said === undefined) return undefined;
  const line = Math.min(Number(said) + blankLines(source), source.split('\n').length);
  const own = source.split('\n')[line - 1] ?? '';
  const rest = context.slice(arrow.indexOf('^'));
  const word = /^\S+/.exec(rest)?.[0] ?? '';
  const column = Math.max(0, own.indexOf(word.slice(0, 8))) + 1;
  return { message: `“${word}” is not expected here.`, line, column };
}

/** Parsers of the newer kinds write the place into the message. */
function readPlace({ message }: Error, source: string): Told | undefined {
  const place = /line (\d+), column (\d+)(?:: (.*))?/.exec(message);
  if (!place) return undefined;
  const [, line, column, after] = place;
  return {
    message: reword(after ?? message.slice(0, place.index).replace(/ at $/, '')),
    line: Number(line) + blankLines(source),
    column: Number(column),
  };
}

/** What a parser's generator says, in a person's words. */
function reword(text: string): string {
  const found = /->(.+?)<-/.exec(text) ?? /but found\W*?[`'">]+\s*(.*?)\s*[`'"<]*\.?$/.exec(text);
  const word = found?.[1]?.replace(/^-+>\s*'?|'?\s*<-+$/g, '').trim();
  if (word === undefined) return close(text);
  return word === '' ? 'The line ends before this is complete.' : `“${word}” is not expected here.`;
}

function placeOf(index: number, source: string): { line: number; column: number } {
  const before = source.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

function fields(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

function close(text: string): string {
  const line = text.trim().slice(0, 200);
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
