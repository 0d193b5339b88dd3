import type { Block, Deck } from '../../server/deck/deck.ts';
import { writeCues } from '../../src/shared/scene.ts';

/** A deck as text: a line for each thing that the parser found. */
export function printout({ slides, problems }: Deck): string {
  const lines = slides.flatMap((slide) => [
    `# ${slide.titleHtml} (${slide.id}, line ${slide.line})`,
    ...Object.entries(slide.properties).map(([key, value]) => `${key} = ${value}`),
    ...slide.blocks.flatMap(blockLines),
    ...slide.steps.map((text, step) =>
      slide.pauses?.includes(step)
        ? `step ${step} pauses`
        : `step ${step}: ${JSON.stringify(text)}`,
    ),
    ...(slide.scenes ? [`scenes: ${writeCues(slide.scenes)}`] : []),
    ...(slide.notes === '' ? [] : [`notes: ${JSON.stringify(slide.notes)}`]),
  ]);
  const told = problems.map(
    ({ line, column, severity, message, cure }) =>
      `! ${line}:${column} ${severity}: ${message} ${cure}`,
  );
  return [...lines, ...told].join('\n');
}

function blockLines(block: Block): string[] {
  if (block.kind === 'group') {
    return [
      block.open,
      ...block.blocks.flatMap(blockLines).map((line) => `  ${line}`),
      block.close,
    ];
  }
  return block.kind === 'diagram'
    ? [`diagram, line ${block.line}: ${JSON.stringify(block.attributes)}`, block.source.trimEnd()]
    : [`${block.kind}: ${block.html}`];
}
