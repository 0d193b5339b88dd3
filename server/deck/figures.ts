import { type BindingProblem, bindings, liveComments } from '../../src/shared/binding.ts';
import type { Block, Box, Deck, DiagramModel, Drawing, Slide } from './deck.ts';
import { DiagramError } from './diagram/error.ts';
import { escapeHtml } from './escape.ts';
import type { Problem } from './problem.ts';

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

/** The body of a slide with a headline: 1280×720 less margins, headline, words and footer. */
const BODY: Box = { width: 1152, height: 416 };
/** What a line of text beside a diagram takes, with its gap. */
const TEXT_LINE = 80;

/** Draws the diagrams of a deck. A broken one costs only its own place. */
export async function drawFigures(deck: Deck, draw: Draw): Promise<Map<Block, Figure>> {
  const figures = new Map<Block, Figure>();
  for (const slide of deck.slides) {
    for (const block of slide.blocks) {
      if (block.kind !== 'diagram') continue;
      figures.set(block, await drawFigure(block, boxOf(block, slide), deck.file, draw));
    }
  }
  return figures;
}

async function drawFigure(block: Diagram, box: Box, file: string, draw: Draw): Promise<Figure> {
  try {
    const { svg, model, style } = await draw(block.source, box);
    const { nodes, problems } = bindings(block.source, model.nodes);
    return {
      html: withBindings(svg, block.source),
      model,
      live: nodes.size > 0,
      ...(style !== undefined && { style }),
      problems: problems.map((problem) => bindingProblem(problem, block, file)),
    };
  } catch (error) {
    if (!(error instanceof DiagramError)) throw error;
    const problem = problemOf(error, block, file);
    return { html: complaint(problem, block.source), live: false, problems: [problem] };
  }
}

/** `relative_height` is an upper bound; what stands beside the diagram needs its lines too. */
function boxOf(diagram: Diagram, slide: Slide): Box {
  const share = Number(diagram.attributes.relative_height ?? 100) / 100;
  const beside = slide.blocks.filter((block) => block !== diagram).length * TEXT_LINE;
  const wanted = BODY.height * (Number.isFinite(share) && share > 0 ? share : 1);
  return { width: BODY.width, height: Math.max(120, Math.min(wanted, BODY.height - beside)) };
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

function complaint(problem: Problem, source: string): string {
  return `<div class="problem" role="note"><p>${escapeHtml(problem.message)} (line ${problem.line})</p><pre><code>${escapeHtml(source)}</code></pre></div>`;
}

/** The drawing keeps the comments that bind its nodes to the cluster's objects. */
function withBindings(svg: string, source: string): string {
  const comments = liveComments(source);
  return comments === '' ? svg : svg.replace('<svg', `<svg data-live="${escapeHtml(comments)}"`);
}
