import { createHash } from 'node:crypto';
import { type BindingProblem, bindings, liveComments } from '../../src/shared/binding.ts';
import type { Block, Box, Deck, DiagramModel, Drawing, Slide } from './deck.ts';
import { DiagramError } from './diagram/error.ts';
import { escapeHtml } from './escape.ts';
import { parse } from './parse.ts';
import type { Problem } from './problem.ts';
import { section } from './section.ts';
import { deckStyle } from './style.ts';

type Diagram = Extract<Block, { kind: 'diagram' }>;
export type Draw = (source: string, box: Box) => Promise<Drawing>;

/** A deck made ready for a page. */
export interface Compiled {
  deck: Deck;
  /** One `<section>` a slide. */
  sections: string[];
  /** What the deck adds to the app's styles. */
  style: string;
  /** What each drawn diagram says; those that can't be drawn are missing. */
  models: ReadonlyMap<Block, DiagramModel>;
  /** The parser's, and the diagrams'. */
  problems: Problem[];
}

/** The body of a slide with a headline: 1280×720 less margins, headline, words and footer. */
const BODY: Box = { width: 1152, height: 490 };
/** What a line of text beside a diagram takes, with its gap. */
const TEXT_LINE = 80;

/** The places beside a diagram that the page fills: state, words, and a description. */
const LIVE = `<aside class="live" aria-label="What happens in the cluster" data-scenes="push drift">
<button class="feed-badge" type="button"><span class="state"></span><span class="hint"></span></button>
<div role="log"><ol class="said"></ol></div>
<p class="description visually-hidden"></p>
</aside>`;

/** Parses a deck and draws its diagrams. A broken diagram costs only its own place. */
export async function compile(text: string, file: string, draw: Draw): Promise<Compiled> {
  const deck = parse(text, file);
  const models = new Map<Block, DiagramModel>();
  const figures = new Map<Block, string>();
  const problems = [...deck.problems];

  for (const slide of deck.slides) {
    for (const block of slide.blocks) {
      if (block.kind !== 'diagram') continue;
      try {
        const drawing = await draw(block.source, boxOf(block, slide));
        models.set(block, drawing.model);
        for (const problem of bindings(block.source, drawing.model.nodes).problems)
          problems.push(bindingProblem(problem, block, file));
        figures.set(block, withBindings(drawing.svg, block.source));
      } catch (error) {
        if (!(error instanceof DiagramError)) throw error;
        const problem = problemOf(error, block, file);
        problems.push(problem);
        figures.set(block, complaint(problem, block.source));
      }
    }
  }

  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  const name = [deck.title, deck.metadata.subtitle].filter(Boolean).join(' · ');
  return {
    deck,
    sections: deck.slides.map((slide) => {
      const foot = footer(name, slide.index, deck.slides.length - 1);
      return withDigest(
        section(slide, {
          figure: (block) => figures.get(block) ?? '',
          problems: problems.filter((problem) => isOn(slide, deck, problem)),
          foot: slide.blocks.some((block) => models.has(block)) ? `${LIVE}\n${foot}` : foot,
        }),
      );
    }),
    style: deckStyle(deck),
    models,
    problems,
  };
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

/** Errors stand on their slide; the quieter ones are for the terminal. */
function isOn(slide: Slide, deck: Deck, problem: Problem): boolean {
  if (problem.severity !== 'error') return false;
  const next = deck.slides[slide.index + 1];
  return problem.line >= slide.line && (next === undefined || problem.line < next.line);
}

function footer(name: string, index: number, last: number): string {
  return `<footer class="foot"><span>${escapeHtml(name)}</span><progress value="${index}" max="${last}" aria-label="Progress"></progress><span class="number">${index} / ${last}</span></footer>`;
}

/** The drawing keeps the comments that bind its nodes to the cluster's objects. */
function withBindings(svg: string, source: string): string {
  const comments = liveComments(source);
  return comments === '' ? svg : svg.replace('<svg', `<svg data-live="${escapeHtml(comments)}"`);
}

/** By its digest a page sees whether an edit has changed a slide. */
function withDigest(html: string): string {
  const digest = createHash('sha256').update(html).digest('hex').slice(0, 12);
  return html.replace('<section', `<section data-digest="${digest}"`);
}
