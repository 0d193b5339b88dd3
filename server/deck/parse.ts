import { type Parsed, withoutTags } from './blocks.ts';
import type { Deck } from './deck.ts';
import { type Element, elements, lineOf } from './elements.ts';
import type { Joined } from './include.ts';
import { readListings } from './listing.ts';
import { createMarkdown } from './markdown.ts';
import { attach } from './rules/attach.ts';
import { type PlacedRemark, remarks } from './rules/remark.ts';
import { type Draft, isText, readSlide, slideRemarks } from './slide.ts';
import { slideIds } from './slideId.ts';

const markdown = createMarkdown();

/** Of a text that was joined from several files: where its lines stand, and what is missing. */
export type Parts = Partial<Pick<Joined, 'origins' | 'remarks'>>;

/**
 * Reads a talk in Rabbit's Markdown. Any text gives a deck with at least one slide: what is wrong
 * is told in its problems, under the name `file`, and costs no more than the place where it stands.
 * Lines are those of `text` throughout; `originOf` says where one of them stands.
 */
export function parse(text: string, file: string, parts: Parts = {}): Deck {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const tokens = markdown.parse(source, {});
  const lines = source.split('\n');
  const parsed: Parsed = {
    lines,
    attributes: attach(tokens),
    render: (some) => withoutTags(markdown.renderer.render([...some], markdown.options, {}).trim()),
  };
  const onCode = readListings(tokens, parsed.attributes);
  const { before, drafts } = split(elements(tokens));
  const slides = drafts.map((draft, index) => readSlide(draft, index, parsed));
  const ids = slideIds(slides.map(({ title, properties }) => ({ title, chosen: properties.id })));
  const told = [
    ...(parts.remarks ?? []),
    ...remarks(tokens, lines),
    ...onCode,
    ...deckRemarks(source, before, drafts),
    ...drafts.flatMap((draft, index) =>
      slideRemarks(draft, index, slides[index]?.steps.length ?? 0, lines),
    ),
  ];
  return {
    file,
    ...(parts.origins && { origins: parts.origins }),
    title: slides[0]?.title ?? '',
    metadata: slides[0]?.properties ?? {},
    slides: slides.map((slide, index) => ({ ...slide, id: ids[index] ?? '' })),
    problems: told
      .sort((a, b) => a.line - b.line || a.column - b.column)
      .map((remark) => ({ file, ...remark })),
  };
}

/** Slides begin at headlines of the first level; without any, all of it is one slide. */
function split(all: readonly Element[]): { before: Element[]; drafts: [Draft, ...Draft[]] } {
  const starts = all.flatMap(([{ type, tag }], at) =>
    type === 'heading_open' && tag === 'h1' ? [at] : [],
  );
  const [first, ...others] = starts.map((start, n) => ({
    headline: all[start],
    body: all.slice(start + 1, starts[n + 1]),
  }));
  if (first === undefined) return { before: [], drafts: [{ headline: undefined, body: [...all] }] };
  return { before: all.slice(0, starts[0]), drafts: [first, ...others] };
}

function deckRemarks(
  source: string,
  before: readonly Element[],
  [first]: readonly [Draft, ...Draft[]],
): PlacedRemark[] {
  if (source.trim() === '') return [empty];
  if (first.headline === undefined) return [untitled];
  const lost = before.find(isText);
  return lost === undefined ? [] : [{ ...unseen, line: lineOf(lost) }];
}

const start = { line: 1, column: 1 };

const empty: PlacedRemark = {
  ...start,
  severity: 'error',
  message: 'There is nothing in this file.',
  cure: 'Begin with # and the title of your talk.',
};

const untitled: PlacedRemark = {
  ...start,
  severity: 'warning',
  message: 'There is no headline, so everything is on one slide.',
  cure: 'Begin each slide with # and its title.',
};

const unseen: PlacedRemark = {
  ...start,
  severity: 'notice',
  message: 'What stands before the first headline is not shown.',
  cure: 'Move it under a headline.',
};
