import type { Token } from 'markdown-it';
import { blockOf, blockRemark, type Parsed, withoutTags } from './blocks.ts';
import type { Block, Deck, Slide } from './deck.ts';
import { type Definition, definitions } from './definitions.ts';
import { content, type Element, elements } from './elements.ts';
import { createMarkdown } from './markdown.ts';
import { isShown, metadataRemarks } from './metadata.ts';
import type { Problem } from './problem.ts';
import { attach } from './rules/attach.ts';
import { remarks } from './rules/remark.ts';
import { slideIds } from './slideId.ts';
import { markSteps } from './steps.ts';
import { textOf } from './text.ts';

type Remark = Omit<Problem, 'file'>;

const markdown = createMarkdown();

/**
 * Reads a talk in Rabbit's Markdown. Any text gives a deck: what is wrong with it is told in its
 * problems, under the name `file`, and costs no more than the place where it stands.
 */
export function parse(text: string, file: string): Deck {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const tokens = markdown.parse(source, {});
  const parsed: Parsed = {
    attributes: attach(tokens),
    render: (some) => withoutTags(markdown.renderer.render([...some], markdown.options, {}).trim()),
  };
  const told: Remark[] = remarks(tokens, source.split('\n'));
  const { before, drafts } = split(elements(tokens));
  if (drafts.length === 0) drafts.push({ headline: undefined, body: before });
  else told.push(...unseen(before));
  if (source.trim() === '') told.push(empty);
  else if (drafts[0]?.headline === undefined) told.push(untitled);

  const slides = drafts.map((draft, index) => readSlide(draft, index, parsed, told));
  const ids = slideIds(slides.map(({ title, properties }) => ({ title, chosen: properties.id })));
  return {
    file,
    title: slides[0]?.title ?? '',
    metadata: slides[0]?.properties ?? {},
    slides: slides.map((slide, index) => ({ ...slide, id: ids[index] ?? slide.id })),
    problems: told
      .sort((a, b) => a.line - b.line || a.column - b.column)
      .map((remark) => ({ file, ...remark })),
  };
}

/** A slide's elements, before they are read. Without a headline it is a deck that has none. */
interface Draft {
  headline: Element | undefined;
  body: Element[];
}

/** Slides begin at headlines of the first level. */
function split(all: readonly Element[]): { before: Element[]; drafts: Draft[] } {
  const before: Element[] = [];
  const drafts: Draft[] = [];
  for (const element of all) {
    if (element[0].type === 'heading_open' && element[0].tag === 'h1') {
      drafts.push({ headline: element, body: [] });
    } else (drafts.at(-1)?.body ?? before).push(element);
  }
  return { before, drafts };
}

function readSlide(draft: Draft, index: number, parsed: Parsed, told: Remark[]): Slide {
  const { headline } = draft;
  const parts = partsOf(draft.body);
  const inline = headline ? content(headline) : [];
  const kind = index === 0 && headline !== undefined ? 'title' : 'slide';
  if (headline && inline.some(waits)) told.push(waitingHeadline(lineOf(headline)));
  for (const element of parts.properties) {
    if (element[0].type !== 'dl_open') told.push(...unread(element));
  }
  for (const element of parts.notes) {
    if (element[0].type !== 'paragraph_open') told.push(...unread(element));
  }

  const properties = entriesOf(parts.properties);
  const metadata = kind === 'title' ? entriesOf(parts.body) : [];
  const { texts, pauses } = markSteps(kind === 'title' ? [] : parts.body.flat());
  const blocks =
    kind === 'title' ? titleBlocks(parts.body, parsed, told) : bodyBlocks(parts.body, parsed, told);
  const notes = [
    ...properties.filter(({ key }) => key === 'note').map(({ value }) => value),
    ...parts.notes.filter(([{ type }]) => type === 'paragraph_open').map(textOf),
  ];
  return {
    index,
    id: '',
    kind,
    title: textOf(inline).replace(/\s+/g, ' '),
    titleHtml: parsed.render(inline),
    line: headline ? lineOf(headline) : 1,
    blocks,
    steps: texts,
    pauses,
    notes: notes.join('\n\n'),
    properties: Object.fromEntries(
      [...metadata, ...properties].map(({ key, value }) => [key, value]),
    ),
  };
}

/** `## note` begins the notes, any other `## …` the properties; both end with the slide. */
function partsOf(body: readonly Element[]) {
  const parts = { body: [] as Element[], notes: [] as Element[], properties: [] as Element[] };
  let part: keyof typeof parts = 'body';
  for (const element of body) {
    if (element[0].type === 'heading_open' && element[0].tag === 'h2') {
      part = /^notes?$/i.test(textOf(content(element))) ? 'notes' : 'properties';
    } else parts[part].push(element);
  }
  return parts;
}

function entriesOf(body: readonly Element[]): Definition[] {
  return body.filter(([{ type }]) => type === 'dl_open').flatMap(definitions);
}

/** A title slide shows its metadata, in the order of the document, and nothing else. */
function titleBlocks(body: readonly Element[], parsed: Parsed, told: Remark[]): Block[] {
  return body.flatMap((element) => {
    if (element[0].type !== 'dl_open') {
      told.push(...unread(element));
      return [];
    }
    const entries = definitions(element);
    told.push(...entries.flatMap(metadataRemarks));
    return entries.filter(isShown).map(({ key, tokens }): Block => {
      const inline = tokens
        .filter(({ type }) => type === 'inline')
        .map((token) => parsed.render([token]));
      return { kind: 'metadata', html: `<p class="${key}">${inline.join('<br>')}</p>` };
    });
  });
}

function bodyBlocks(body: readonly Element[], parsed: Parsed, told: Remark[]): Block[] {
  return body.flatMap((element) => {
    const remark = blockRemark(element);
    if (remark) told.push(remark);
    return blockOf(element, parsed) ?? [];
  });
}

function lineOf(element: Element): number {
  return (element[0].map?.[0] ?? 0) + 1;
}

function waits(token: Token): boolean {
  return token.children?.some(({ type }) => type === 'wait') ?? false;
}

function isText(element: Element): boolean {
  return !['remark', 'pause', 'attribute_list', 'attribute_definition'].includes(element[0].type);
}

/** Only the first of them: the author looks there and sees the rest. */
function unseen(before: readonly Element[]): Remark[] {
  const first = before.find(isText);
  if (first === undefined) return [];
  return [
    {
      line: lineOf(first),
      column: 1,
      severity: 'notice',
      message: 'What stands before the first headline is not shown.',
      cure: 'Move it under a headline.',
    },
  ];
}

function unread(element: Element): Remark[] {
  if (!isText(element)) return [];
  return [
    {
      line: lineOf(element),
      column: 1,
      severity: 'notice',
      message:
        'This is not shown here: a title slide and properties have definition lists only, notes have paragraphs only.',
      cure: 'Move it to a slide of its own, or write it as the list or the paragraph that belongs here.',
    },
  ];
}

function waitingHeadline(line: number): Remark {
  return {
    line,
    column: 1,
    severity: 'warning',
    message: 'A headline cannot wait; it shows from the start.',
    cure: 'Take {::wait/} out of it.',
  };
}

const empty: Remark = {
  line: 1,
  column: 1,
  severity: 'error',
  message: 'There is nothing in this file.',
  cure: 'Begin with # and the title of your talk.',
};

const untitled: Remark = {
  line: 1,
  column: 1,
  severity: 'warning',
  message: 'There is no headline, so everything is on one slide.',
  cure: 'Begin each slide with # and its title.',
};
