import { blocksIn, type Slide } from '../deck/deck.ts';
import { outline as outlineOf } from '../deck/outline.ts';
import type { Io } from '../io.ts';
import { openDeck } from './open.ts';

/** Prints what a deck consists of, for people or as JSON for tools. */
export async function outline(name: string, options: { json?: boolean }, io: Io): Promise<void> {
  const { compiled } = await openDeck(name);
  if (options.json) {
    io.out(JSON.stringify(outlineOf(compiled), null, 2));
    return;
  }
  for (const slide of compiled.deck.slides) tellSlide(slide, io);
}

function tellSlide(slide: Slide, io: Io): void {
  io.out(`${String(slide.index).padStart(3)}  ${slide.title}  (#/${slide.id})`);
  for (const [index, step] of slide.steps.entries()) {
    io.out(`       step ${index + 1}: ${step.replace(/\s+/g, ' ')}`);
  }
  for (const block of blocksIn(slide.blocks)) {
    if (block.kind === 'diagram') io.out(`       diagram at line ${block.line}`);
  }
  if (slide.notes) io.out(`       notes: ${slide.notes.replace(/\s+/g, ' ')}`);
}
