import { Worker } from 'node:worker_threads';
import type { Box, Drawing } from '../deck.ts';
import { DiagramError } from './error.ts';
import type { Answer, Order } from './worker.ts';

/** Longer than a slow machine takes to start Mermaid and draw the largest diagram. */
const patience = 30_000;

interface Waiting {
  resolve(drawing: Drawing): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

let thread: { worker: Worker; waiting: Waiting[] } | undefined;

/**
 * Draws a diagram for a box. Mermaid wants a page's globals and a second and a half to start: both
 * are kept to a thread, which begins with the first diagram and does not keep the process alive.
 * `prefix` begins the ids in the SVG, so that several drawings can share a page.
 * @throws DiagramError
 */
export function draw(source: string, box: Box, prefix = 'diagram'): Promise<Drawing> {
  thread ??= start();
  const { worker, waiting } = thread;
  worker.ref();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => stop(new DiagramError('Drawing this takes too long.', 1, 1, { isPassing: true })),
      patience,
    );
    waiting.push({ resolve, reject, timer });
    worker.postMessage({ source, box, prefix } satisfies Order);
  });
}

function start(): { worker: Worker; waiting: Waiting[] } {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./worker.${extension}`, import.meta.url), { stderr: false });
  const waiting: Waiting[] = [];
  worker.on('message', (answer: Answer) => {
    const first = waiting.shift();
    if (!first) return;
    clearTimeout(first.timer);
    if (waiting.length === 0) worker.unref();
    if (answer.kind === 'drawn') first.resolve(answer.drawing);
    else first.reject(new DiagramError(answer.message, answer.line, answer.column));
  });
  worker.on('error', ({ message }) => stop(new DiagramError(message, 1, 1, { isPassing: true })));
  return { worker, waiting };
}

/** Ends the thread and all that wait for it; the next diagram begins another. */
function stop(error: DiagramError): void {
  const ended = thread;
  thread = undefined;
  for (const one of ended?.waiting ?? []) {
    clearTimeout(one.timer);
    one.reject(error);
  }
  void ended?.worker.terminate();
}
