/** What one frame cost the main thread, in milliseconds. */
export interface Frame {
  script: number;
  style: number;
  /** With layout, paint and all else that a frame does there. */
  all: number;
}

/** A stretch of work as Chromium traces it, in microseconds. */
interface Work {
  name: string;
  ts: number;
  dur: number;
  pid: number;
  tid: number;
}

const SCRIPT = [
  'FireAnimationFrame',
  'FunctionCall',
  'EventDispatch',
  'TimerFire',
  'RunMicrotasks',
];
const STYLE = ['UpdateLayoutTree', 'ParseAuthorStyleSheet'];
const REST = ['Layout', 'PrePaint', 'Paint', 'Layerize', 'Commit', 'HitTest', 'UpdateLayer'];

/** The frames of a trace in which a page's script painted. A frame lasts until the next one begins. */
export function frames(trace: Buffer): Frame[] {
  const works = parse(trace);
  const [first] = works.filter(({ name }) => name === 'FireAnimationFrame');
  const main = works.filter(({ pid, tid }) => pid === first?.pid && tid === first.tid);
  const begins = main.filter(({ name }) => name === 'FireAnimationFrame').map(({ ts }) => ts);
  return begins.slice(0, -1).map((begin, i) => {
    const end = begins[i + 1] ?? begin;
    const inside = main.filter(({ ts }) => ts >= begin && ts < end);
    const cost = (names: string[]) => covered(inside.filter(({ name }) => names.includes(name)));
    const style = cost(STYLE);
    return {
      script: cost([...SCRIPT, ...STYLE]) - style,
      style,
      all: cost([...SCRIPT, ...STYLE, ...REST]),
    };
  });
}

/** Milliseconds that the stretches cover together; one may lie within another. */
function covered(works: readonly Work[]): number {
  let until = 0;
  let sum = 0;
  for (const { ts, dur } of works.toSorted((a, b) => a.ts - b.ts)) {
    sum += Math.max(0, ts + dur - Math.max(ts, until));
    until = Math.max(until, ts + dur);
  }
  return sum / 1000;
}

function parse(trace: Buffer): Work[] {
  const { traceEvents }: { traceEvents?: unknown } = JSON.parse(trace.toString('utf8'));
  return Array.isArray(traceEvents) ? traceEvents.filter(isWork) : [];
}

function isWork(value: unknown): value is Work {
  if (typeof value !== 'object' || value === null) return false;
  return 'dur' in value && typeof value.dur === 'number' && 'ts' in value && 'name' in value;
}
