import { writeMoments } from '../../src/shared/moment.ts';
import { asideOf } from './aside.ts';
import { type Block, blocksIn, type Slide } from './deck.ts';
import { escapeHtml } from './escape.ts';
import { asksForShare, captionHtml, isPicture, placementOf } from './picture.ts';
import type { Problem } from './problem.ts';

type Diagram = Extract<Block, { kind: 'diagram' }>;

/** What a section shows besides the slide's own text. */
export interface SectionParts {
  /** The inside of a diagram's figure. */
  figure: (diagram: Diagram) => string;
  /** What is wrong on this slide; a diagram's own problem stands in its figure already. */
  problems?: readonly Problem[];
  /** Where a problem is, in words: its line, when nothing else is said. */
  place?: (problem: Problem) => string;
  /** HTML under the body. */
  foot?: string;
  /** What stands behind the text, and the classes of the slide that go with it. */
  ground?: { classes: readonly string[]; html: string };
}

const NO_GROUND = { classes: [], html: '' };

/** The HTML of a slide: one `<section>`, with places that addresses such as `#/3/1` lead to. */
export function section(
  slide: Slide,
  { figure, problems = [], place = lineOfProblem, foot = '', ground = NO_GROUND }: SectionParts,
): string {
  const { index, id, steps } = slide;
  const told = problems
    .filter((problem) => !isInDiagram(slide, problem))
    .map((problem) => problemHtml(problem, place(problem)));
  const side = slide.blocks.find((block) => sideOf(block));
  const inside = side ? sideHtml(slide.blocks, side, figure) : bodyHtml(slide.blocks, figure);
  const body = [...told, inside].join('\n').trim();
  return [
    `<section id="s-${id}" class="${[...classes(slide), ...ground.classes].join(' ')}" data-id="${id}" data-index="${index}" data-steps="${steps.length}"${moments(slide)}${asideHtml(slide)} aria-label="${escapeHtml(slide.title)}">`,
    anchors(slide) + pauses(slide),
    ground.html,
    headline(slide),
    `<div class="${side ? `body beside-${sideOf(side)}` : 'body'}">${body}</div>`,
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
  if (blocksIn(blocks).some((block) => block.kind === 'diagram')) names.push('has-diagram');
  if (hidesTitle({ blocks, properties })) names.push('hide-title');
  return names;
}

/** Whether its properties, or a picture on it, ask for a slide without its headline. */
export function hidesTitle({ blocks, properties }: Pick<Slide, 'blocks' | 'properties'>): boolean {
  return [properties, ...blocksIn(blocks).map(({ attributes }) => attributes)].some(
    (named) => (named?.['hide-title'] ?? named?.hide_title) === 'true',
  );
}

/** Before any script runs, the browser itself finds the slide and the step that are asked for. */
function anchors({ index, id, steps }: Slide): string {
  const places = [`/${index}`, `/${id}`].map((place) => `<span id="${place}" hidden></span>`);
  const stops = steps.map(
    (_, step) => `<span id="/${index}/${step + 1}" class="step-${step + 1}" hidden></span>`,
  );
  return [...places, ...stops].join('');
}

/** Whether the slide is off the talk's way. */
function asideHtml(slide: Slide): string {
  const aside = asideOf(slide);
  return aside ? ` data-aside="${aside}"` : '';
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
  const sized = blocks.findIndex(
    (block, at) => at > 0 && isPicture(block) && asksForShare(block.attributes),
  );
  const above = sized < 0 ? blocks : blocks.slice(0, sized);
  const html = above.map((block) => blockHtml(block, figure));
  if (sized > 0) html.push(`<div class="rest">${bodyHtml(blocks.slice(sized), figure)}</div>`);
  return html.join('\n');
}

function blockHtml(block: Block, figure: SectionParts['figure']): string {
  if (block.kind === 'group') {
    return `${block.open}\n${bodyHtml(block.blocks, figure)}\n${block.close}`;
  }
  if (block.kind !== 'diagram') return block.html;
  const { classes, side, caption = '' } = placementOf(block.attributes);
  const names = ['diagram', ...classes, ...(side ? [`side-${side}`] : [])];
  return `<figure class="${names.join(' ')}" data-line="${block.line}">${figure(block)}${captionHtml(caption)}</figure>`;
}

/** A picture at the side: the text flows on the other. Rabbit has room for one. */
function sideHtml(blocks: readonly Block[], side: Block, figure: SectionParts['figure']): string {
  const others = blocks.filter((block) => block !== side);
  return `<div class="rest">${bodyHtml(others, figure)}</div>\n${blockHtml(side, figure)}`;
}

function sideOf(block: Block): 'left' | 'right' | undefined {
  return isPicture(block) ? placementOf(block.attributes ?? {}).side : undefined;
}

/** A step that reveals nothing is a fragment all the same. */
function pauses({ pauses: steps = [] }: Slide): string {
  return steps
    .map((step) => `<span class="fragment" data-fragment-index="${step}" hidden></span>`)
    .join('');
}

function isInDiagram({ blocks }: Slide, { line }: Problem): boolean {
  return blocksIn(blocks).some(
    (block) =>
      block.kind === 'diagram' &&
      line > block.line &&
      line <= block.line + block.source.split('\n').length,
  );
}

function lineOfProblem({ line }: Problem): string {
  return `Line ${line}`;
}

function problemHtml({ message, cure }: Problem, place: string): string {
  return `<div class="problem" role="note"><p>${escapeHtml(place)}: ${escapeHtml(message)} ${escapeHtml(cure)}</p></div>`;
}
