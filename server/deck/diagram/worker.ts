import { parentPort } from 'node:worker_threads';
import type { Box, Drawing } from '../deck.ts';
import { drawDiagram } from './drawing.ts';
import { DiagramError } from './error.ts';
import { openFont } from './font.ts';
import { openMermaid } from './mermaid.ts';

/** What the thread is asked; answers come in the order of the questions. */
export interface Order {
  source: string;
  box: Box;
  prefix: string;
}

export type Answer =
  | { kind: 'drawn'; drawing: Drawing }
  | { kind: 'failed'; message: string; line: number; column: number };

const font = openFont();
const easel = openMermaid(font).then((mermaid) => ({ mermaid, font }));
let last: Promise<unknown> = easel;

parentPort?.on('message', ({ source, box, prefix }: Order) => {
  last = last
    .then(async () => drawDiagram(source, box, prefix, await easel))
    .then((drawing): Answer => ({ kind: 'drawn', drawing }), failed)
    .then((answer) => parentPort?.postMessage(answer));
});

function failed(error: unknown): Answer {
  const { message, line, column } = DiagramError.from(error, '');
  return { kind: 'failed', message, line, column };
}
