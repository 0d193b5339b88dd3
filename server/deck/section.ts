import { writeMoments } from '../../src/shared/moment.ts';
import type { Block, Slide } from './deck.ts';
import { escapeHtml } from './escape.ts';
import type { Problem } from './problem.ts';
import { heightClass, relativeHeight } from './style.ts';

type Diagram = Extract<Block, { kind: 'diagram' }>;

/** What a section shows besides the slide's own text. */
export interface SectionParts {
  /** The inside of a diagram's figure. */
  figure: (diagram: Diagram) => string;
  /** What is wrong on this slide; a diagram's own problem stands in its figure already. */
  problems?: readonly Problem[];
  /** HTML under the body. */
  foot?: string;
}

/** The HTML of a slide: one `<section>`, with places that addresses such as `#/3/1` lead to. */
export function section(slide: Slide, { figure, problems = [], foot = '' }: SectionParts): string {
  const { index, id, steps } = slide;
  const told = problems.filter((problem) => !isInDiagram(slide, problem)).map(problemHtml);
  const body = [...told, bodyHtml(slide.blocks, figure)].join('\n').trim();
  return [
    `<section id="s-${id}" class="${classes(slide).join(' ')}" data-id="${id}" data-index="${index}" data-steps="${steps.length}"${moments(slide)} aria-label="${escapeHtml(slide.title)}">`,
    anchors(slide) + pauses(slide),
    headline(slide),
    `<div class="body">${body}</div>`,
    foot,
    '</section>',
  ]
    .filter(Boolean)
    .join('\n');
}

/** The frozen moments that its diagrams show. */
function moments({ moments: cues = [] }: Slide): string {
  return cues.length === 0 ? '' : ` data-show="${escapeHtml(writeMoments(cues))}"`;
}

function classes({ kind, blocks, properties }: Slide): string[] {
  const names = kind === 'title' ? ['title-slide'] : [];
  if (kind === 'slide' && blocks.length === 0) names.push('title-only');
  if (blocks.some((block) => block.kind === 'diagram')) names.push('has-diagram');
  const hides = (named: Readonly<Record<string, string>> | undefined) =>
    (named?.['hide-title'] ?? named?.hide_title) === 'true';
  if (hides(properties) || blocks.some(({ attributes }) => hides(attributes))) {
    names.push('hide-title');
  }
  return names;
}

/** Before any script runs, the browser itself finds the slide and the step that are asked for. */
function anchors({ index, id, steps }: Slide): string {
  const places = [`/${index}`, `/${id}`].map((place) => `<span id="${place}" hidden></span>`);
  const stops = steps.map(
    (_, step) => `<span id="/${index}/${step + 1}" class="step-${step + 1}" hidden></span>`,
  );
  return [...places, ...stops].join('');
}

function headline({ kind, titleHtml }: Slide): string {
  if (titleHtml === '') return '';
  return kind === 'title' ? `<h1>${titleHtml}</h1>` : `<h2>${titleHtml}</h2>`;
}

/**
 * A block's share is of what remains below the blocks before it, so such a block and all that
 * follows it stand in a box of their own.
 */
function bodyHtml(blocks: readonly Block[], figure: SectionParts['figure']): string {
  const sized = blocks.findIndex((block, at) => at > 0 && shareOf(block) !== undefined);
  const above = sized < 0 ? blocks : blocks.slice(0, sized);
  const html = above.map((block) => blockHtml(block, figure));
  if (sized > 0) html.push(`<div class="rest">${bodyHtml(blocks.slice(sized), figure)}</div>`);
  return html.join('\n');
}

function blockHtml(block: Block, figure: SectionParts['figure']): string {
  if (block.kind !== 'diagram') return block.html;
  const share = shareOf(block);
  const names = share === undefined ? 'diagram' : `diagram ${heightClass(share)}`;
  return `<figure class="${names}" data-line="${block.line}">${figure(block)}</figure>`;
}

function shareOf({ attributes }: Block): number | undefined {
  return attributes && relativeHeight(attributes);
}

/** A step that reveals nothing is a fragment all the same. */
function pauses({ pauses: steps = [] }: Slide): string {
  return steps
    .map((step) => `<span class="fragment" data-fragment-index="${step}" hidden></span>`)
    .join('');
}

function isInDiagram({ blocks }: Slide, { line }: Problem): boolean {
  return blocks.some(
    (block) =>
      block.kind === 'diagram' &&
      line > block.line &&
      line <= block.line + block.source.split('\n').length,
  );
}

function problemHtml({ line, message, cure }: Problem): string {
  return `<div class="problem" role="note"><p>Line ${line}: ${escapeHtml(message)} ${escapeHtml(cure)}</p></div>`;
}
