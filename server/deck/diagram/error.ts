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
    const before = source.slice(0, source.search(/\S|$/)).split('\n').length - 1;
    const hash = readHash(thrown);
    if (hash) {
      const end = source.trimEnd().split('\n').length;
      const line = hash.line + before;
      if (hash.token !== '1' && line <= end)
        return new DiagramError(sentence(hash), line, hash.column + 1);
      const column = (source.split('\n')[end - 1] ?? '').length + 1;
      return new DiagramError('The diagram ends before this is complete.', end, column);
    }
    const at = /line (\d+), column (\d+): (.*)/.exec(thrown.message);
    if (at) return new DiagramError(close(at[3] ?? ''), Number(at[1]) + before, Number(at[2]));
    if (thrown.name === 'UnknownDiagramError')
      return new DiagramError('This is no kind of diagram that Mermaid knows.', before + 1);
    return new DiagramError(close(`Mermaid cannot draw this: ${thrown.message.split('\n')[0]}`));
  }
}

interface Hash {
  text: string;
  token: string;
  line: number;
  column: number;
}

/** Mermaid's parsers of the older kind hang what they know onto the error. */
function readHash(error: Error): Hash | undefined {
  const hash: unknown = Reflect.get(error, 'hash');
  if (typeof hash !== 'object' || hash === null) return undefined;
  const place: unknown = Reflect.get(hash, 'loc');
  const of = (name: string): unknown =>
    typeof place === 'object' && place !== null ? Reflect.get(place, name) : undefined;
  const line = of('last_line');
  const column = of('last_column');
  if (typeof line !== 'number' || typeof column !== 'number') return undefined;
  const text = String(Reflect.get(hash, 'text') ?? '');
  return {
    text,
    token: String(Reflect.get(hash, 'token')),
    line,
    column: Math.max(0, column - text.length),
  };
}

function sentence({ text }: Hash): string {
  const word = text.trim();
  return word === '' ? 'The line ends before this is complete.' : `“${word}” is not expected here.`;
}

function close(text: string): string {
  const line = text.trim().slice(0, 200);
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
