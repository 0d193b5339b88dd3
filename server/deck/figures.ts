import { type BindingProblem, bindings, liveComments } from '../../src/shared/binding.ts';
import {
  type Block,
  type Box,
  blocksIn,
  type Deck,
  type DiagramModel,
  type Drawing,
  type Group,
  type Slide,
  tellLine,
} from './deck.ts';
import { DiagramError } from './diagram/error.ts';
import { escapeHtml } from './escape.ts';
import { placementOf } from './picture.ts';
import type { Problem } from './problem.ts';
import { hidesTitle } from './section.ts';

type Diagram = Extract<Block, { kind: 'diagram' }>;
export type Draw = (source: string, box: Box) => Promise<Drawing>;

/** The inside of a diagram's place on its slide. */
export interface Figure {
  /** A drawing, or what is wrong and the source. */
  html: string;
  /** What the diagram says; missing when it can't be drawn. */
  model?: DiagramModel;
  /** Whether a node of it stands for something that Flux does. */
  live: boolean;
  /** CSS of the drawing's own. */
  style?: string;
  problems: Problem[];
}

/** What margins, headline, words and footer take of the canvas. */
const AROUND: Box = { width: 128, height: 304 };
/** The headline's part of it, where there is one. */
const HEADLINE = 90;
/** What a line of text beside a diagram takes, with its gap. */
const TEXT_LINE = 80;

/** Draws the diagrams of a deck. A broken one costs only its own place. */
export async function drawFigures(
  deck: Deck,
  canvas: Box,
  draw: Draw,
): Promise<Map<Block, Figure>> {
  const figures = new Map<Block, Figure>();
  for (const slide of deck.slides) {
    for (const block of blocksIn(slide.blocks)) {
      if (block.kind !== 'diagram') continue;
      figures.set(block, await drawFigure(block, boxOf(block, slide, canvas), deck, draw));
    }
  }
  return figures;
}

async function drawFigure(block: Diagram, box: Box, deck: Deck, draw: Draw): Promise<Figure> {
  try {
    const { svg, model, style } = await draw(block.source, box);
    const { nodes, problems } = bindings(block.source, model.nodes);
    return {
      html: withBindings(svg, block.source),
      model,
      live: nodes.size > 0,
      ...(style !== undefined && { style }),
      problems: problems.map((problem) => bindingProblem(problem, block, deck.file)),
    };
  } catch (error) {
    if (!(error instanceof DiagramError)) throw error;
    const problem = problemOf(error, block, deck.file);
    return { html: complaint(deck, problem, block.source), live: false, problems: [problem] };
  }
}

/** `relative_height` is an upper bound; what stands beside the diagram needs its lines too. */
function boxOf(diagram: Diagram, slide: Slide, canvas: Box): Box {
  const { share = 100, width, side } = placementOf(diagram.attributes);
  const above = hidesTitle(slide) ? AROUND.height - HEADLINE : AROUND.height;
  const body = { width: canvas.width - AROUND.width, height: canvas.height - above };
  const { blocks, share: across } = placeOf(diagram, slide.blocks);
  const beside = side ? 0 : blocks.filter((block) => block !== diagram).length * TEXT_LINE;
  const wanted = (body.height * share) / 100;
  const part = Math.min(width ?? (side ? 50 : 100), 100) / 100;
  return {
    width: Math.max(200, Math.round(body.width * part * across)),
    height: Math.max(120, Math.min(wanted, body.height - beside)),
  };
}

/** The blocks that a diagram shares its place with, and the part of the width that this place has. */
function placeOf(
  diagram: Diagram,
  blocks: readonly Block[],
): { blocks: readonly Block[]; share: number } {
  for (const group of blocks) {
    if (group.kind !== 'group' || !blocksIn(group.blocks).includes(diagram)) continue;
    const inside = placeOf(diagram, group.blocks);
    return { ...inside, share: inside.share * partOf(group, blocks) };
  }
  return { blocks, share: 1 };
}

/** Columns share the width by how they grow. */
function partOf(column: Group, all: readonly Block[]): number {
  const grows = (block: Block): number => {
    if (block.kind !== 'group' || !/ class="column\b/.test(block.open)) return 0;
    return Number(/ grow-(\d+)/.exec(block.open)?.[1] ?? 1);
  };
  const most = all.reduce((sum, block) => sum + grows(block), 0);
  return most === 0 ? 1 : grows(column) / most;
}

function problemOf(error: DiagramError, block: Diagram, file: string): Problem {
  return {
    file,
    line: block.line + error.line,
    column: error.column,
    severity: 'error',
    message: `The diagram can't be drawn: ${error.message}`,
    cure: 'Mend the line named here; the rest of the deck is not affected.',
  };
}

function bindingProblem({ line, text }: BindingProblem, block: Diagram, file: string): Problem {
  return {
    file,
    line: block.line + line,
    column: 1,
    severity: 'warning',
    message: `This binds nothing to the cluster: ${text}.`,
    cure: 'Write it like this: %% live G = GitRepository/flux-system/podinfo',
  };
}

function complaint(deck: Deck, problem: Problem, source: string): string {
  const place = tellLine(deck, problem.line);
  return `<div class="problem" role="note"><p>${escapeHtml(problem.message)} (${escapeHtml(place)})</p><pre><code>${escapeHtml(source)}</code></pre></div>`;
}

/** The drawing keeps the comments that bind its nodes to the cluster's objects. */
function withBindings(svg: string, source: string): string {
  const comments = liveComments(source);
  return comments === '' ? svg : svg.replace('<svg', `<svg data-live="${escapeHtml(comments)}"`);
}
