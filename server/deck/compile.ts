import { createHash } from 'node:crypto';
import type { SceneLengths } from '../../src/shared/moment.ts';
import { USUAL_CUES, writeCues } from '../../src/shared/scene.ts';
import type { Theme } from '../../src/shared/theme.ts';
import { groundOf } from './background.ts';
import { canvasOf, USUAL_CANVAS } from './canvas.ts';
import {
  type Block,
  blocksIn,
  type Deck,
  type DiagramModel,
  placed,
  type Slide,
  tellLine,
} from './deck.ts';
import { type Draw, drawFigures, type Figure } from './figures.ts';
import { fit } from './fit.ts';
import { footOf } from './foot.ts';
import { type FindMedium, placeMedia } from './media.ts';
import { withRecorded } from './moments.ts';
import { type Parts, parse } from './parse.ts';
import { placeOf } from './place.ts';
import { placementFaults, tooLong } from './placing.ts';
import type { Problem } from './problem.ts';
import { section } from './section.ts';
import { deckStyle } from './style.ts';
import { deckTheme } from './theme.ts';

/** A deck made ready for a page. */
export interface Compiled {
  deck: Deck;
  /** One `<section>` a slide. */
  sections: string[];
  /** What the deck adds to the app's styles. */
  style: string;
  /** The look that it is shown in. */
  theme: Theme;
  /** What each drawn diagram says; those that can't be drawn are missing. */
  models: ReadonlyMap<Block, DiagramModel>;
  /** The parser's, and the diagrams'. */
  problems: Problem[];
}

/**
 * Parses a deck, draws its diagrams and writes its sections.
 * @param recorded which scenes its recordings have: asked for by a deck that shows moments of them
 * @param find what is known of the pictures and films that it names
 * @param parts where its lines stand, if it includes other files
 */
export async function compile(
  text: string,
  file: string,
  draw: Draw,
  recorded?: () => Promise<SceneLengths>,
  find: FindMedium = async () => ({}),
  parts?: Parts,
): Promise<Compiled> {
  const deck = await withRecorded(parse(text, file, parts), recorded);
  const canvas = canvasOf(deck.metadata) ?? USUAL_CANVAS;
  const figures = await drawFigures(deck, canvas, draw);
  // A diagram that can't be drawn is told already.
  const unlit = deck.slides.filter((slide) => !isLive(slide, figures) && !isBroken(slide, figures));
  const grounds = deck.slides.map((slide) => groundOf(slide, deck.metadata));
  const problems = [
    ...deck.problems,
    ...[...figures.values()].flatMap((each) => each.problems),
    ...placementFaults(deck, grounds),
    ...unlit
      .filter(({ scenes }) => scenes)
      .map(({ line }) => ({ file, line, column: 1, ...unseenScenes })),
    ...unlit
      .flatMap(({ moments = [] }) => moments.slice(0, 1))
      .map(({ line, column }) => ({ file, line, column, ...unseenMoments })),
  ];
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  const models = [...figures].flatMap(([block, { model }]) =>
    model ? [[block, model] as const] : [],
  );

  const feet = footOf(deck);
  const written = deck.slides.map((slide, index) => {
    const foot = feet(slide);
    const ground = grounds[index];
    return section(slide, {
      figure: (block) => figures.get(block)?.html ?? '',
      problems: problems.filter((problem) => isOn(slide, deck, problem)),
      place: ({ line }) => tellLine(deck, line, 'Line'),
      foot: isLive(slide, figures) ? `${caption(slide)}\n${foot}` : foot,
      ...(ground && { ground }),
    });
  });
  const media = await placeMedia(written, find, canvas);
  const theme = deckTheme(deck.metadata.theme);
  const fitted = fit(media.sections, theme, canvas, largeHeadlines(deck));
  problems.push(
    ...tooLong(deck, fitted.tooLong),
    ...media.faults.map(({ address, ...fault }) => ({
      file,
      ...placeOf(address, text),
      ...fault,
    })),
  );
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  const sections = fitted.sections.map(withDigest);
  const drawn = new Set([...figures.values()].flatMap(({ style }) => style ?? []));
  const steps = Math.max(0, ...deck.slides.map((slide) => slide.steps.length));
  const style = deckStyle(sections.join('\n'), steps, canvas.height) + [...drawn].join('');
  return {
    deck,
    sections,
    style,
    theme,
    models: new Map(models),
    problems: problems.map((problem) => onSlide(problem, deck)),
  };
}

function isLive({ blocks }: Slide, figures: ReadonlyMap<Block, Figure>): boolean {
  return blocksIn(blocks).some((block) => figures.get(block)?.live);
}

/** Whether a diagram of the slide can't be drawn. */
function isBroken({ blocks }: Slide, figures: ReadonlyMap<Block, Figure>): boolean {
  return blocksIn(blocks).some((block) =>
    figures.get(block)?.problems.some(({ severity }) => severity === 'error'),
  );
}

const unseenScenes = {
  severity: 'warning',
  message: 'This slide asks for scenes, and has no diagram to show them in, so they do not run.',
  cure: 'Ask for them on a slide whose diagram has nodes such as Git, Flux or Kubernetes.',
} as const;

const unseenMoments = {
  severity: 'warning',
  message: 'This slide shows a moment of a run, and has no diagram to show it in.',
  cure: 'Ask for it on a slide whose diagram has nodes such as Git, Flux or Kubernetes.',
} as const;

/** The slides whose headline stands alone and is to be as large as possible. */
function largeHeadlines({ slides }: Deck): Set<number> {
  const large = slides.filter(
    ({ kind, blocks, properties }) =>
      kind === 'slide' && blocks.length === 0 && properties['as-large-as-possible'] === 'true',
  );
  return new Set(large.map(({ index }) => index));
}

/** The places beside a diagram that the page fills: state, words, and a description. */
function caption({ scenes = USUAL_CUES }: Slide): string {
  return `<aside class="live" aria-label="What happens in the cluster" data-scenes="${writeCues(scenes)}">
<button class="feed-badge" type="button"><span class="state"></span><span class="hint"></span></button>
<div role="log"><ol class="said"></ol></div>
<p class="description visually-hidden"></p>
</aside>`;
}

/** Errors stand on their slide; the quieter ones are for the terminal. */
function isOn(slide: Slide, deck: Deck, problem: Problem): boolean {
  if (problem.severity !== 'error') return false;
  const next = deck.slides[slide.index + 1];
  return problem.line >= slide.line && (next === undefined || problem.line < next.line);
}

/** A problem under its own file and line, with the slide that these lines make. */
function onSlide(problem: Problem, deck: Deck): Problem {
  const slide = deck.slides.findLast(({ line }) => line <= problem.line)?.id;
  return { ...placed(deck, problem), ...(slide !== undefined && { slide }) };
}

/** By its digest a page sees whether an edit has changed a slide. */
function withDigest(html: string): string {
  const digest = createHash('sha256').update(html).digest('hex').slice(0, 12);
  return html.replace('<section', `<section data-digest="${digest}"`);
}
