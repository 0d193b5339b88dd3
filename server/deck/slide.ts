import type { Token } from 'markdown-it';
import { blockOf, blockRemarks, type Parsed } from './blocks.ts';
import type { Block, Slide } from './deck.ts';
import { type Definition, definitions, propertyLines } from './definitions.ts';
import { content, type Element, lineOf } from './elements.ts';
import { isShown, metadataRemarks } from './metadata.ts';
import { type Moments, momentsOf } from './moments.ts';
import type { PlacedRemark } from './rules/remark.ts';
import { cuesOf } from './scenes.ts';
import { markSteps } from './steps.ts';
import { textOf } from './text.ts';

/** A slide's elements, before they are read. Only a deck without headlines has none. */
export interface Draft {
  headline: Element | undefined;
  body: Element[];
}

/** A slide is read but for its id, which needs the other slides. */
export function readSlide(draft: Draft, index: number, parsed: Parsed): Slide {
  const { headline } = draft;
  const { body, notes, properties } = partsOf(draft.body);
  const isTitle = index === 0 && headline !== undefined;
  const steps = markSteps(isTitle ? [] : body.flat());
  const words = headline ? content(headline) : [];
  const wishes = propertiesOf(properties);
  const named = [...(isTitle ? entriesOf(body) : []), ...wishes];
  const { scenes } = cuesOf(wishes, steps.texts.length);
  const { moments } = momentsIn(wishes, steps.texts.length, parsed.lines);
  return {
    index,
    id: '',
    kind: isTitle ? 'title' : 'slide',
    title: textOf(words).replace(/\s+/g, ' '),
    titleHtml: parsed.render(words),
    line: headline ? lineOf(headline) : 1,
    blocks: isTitle
      ? metadataBlocks(entriesOf(body), parsed)
      : body.flatMap((element) => blockOf(element, parsed) ?? []),
    steps: steps.texts,
    pauses: steps.pauses,
    ...(scenes && { scenes }),
    ...(moments.length > 0 && { moments }),
    notes: [
      ...wishes.flatMap(({ key, value }) => (key === 'note' ? [value] : [])),
      ...notes.filter(isParagraph).map(textOf),
    ].join('\n\n'),
    properties: Object.fromEntries(named.map(({ key, value }) => [key, value])),
  };
}

/**
 * What of a slide does not come out as its author may think.
 * @param steps how many it has
 * @param lines of the source
 */
export function slideRemarks(
  { headline, body: all }: Draft,
  index: number,
  steps: number,
  lines: readonly string[],
): PlacedRemark[] {
  const { body, notes, properties } = partsOf(all);
  const isTitle = index === 0 && headline !== undefined;
  const hidden = [
    ...notes.filter((element) => !isParagraph(element)),
    ...properties.filter((element) => !isList(element) && propertiesOf([element]).length === 0),
    ...(isTitle ? body.filter((element) => !isList(element)) : []),
  ];
  const wishes = propertiesOf(properties);
  return [
    ...(headline && content(headline).some(waits) ? [headlineRemark(lineOf(headline))] : []),
    ...(isTitle ? entriesOf(body).flatMap(metadataRemarks) : body.flatMap(blockRemarks)),
    ...hidden.filter(isText).map((element) => hiddenRemark(lineOf(element))),
    ...properties
      .filter(isParagraph)
      .flatMap((element) => propertyLines(element).strays)
      .map(strayRemark),
    ...cuesOf(wishes, steps).remarks,
    ...momentsIn(wishes, steps, lines).remarks,
  ];
}

function momentsIn(
  properties: readonly Definition[],
  steps: number,
  lines: readonly string[],
): Moments {
  const { scenes = [] } = cuesOf(properties, steps);
  return momentsOf(properties, { steps, scenes }, lines);
}

/** `## note` begins the notes, any other `## …` the properties; both end with the slide. */
function partsOf(all: readonly Element[]): Record<'body' | 'notes' | 'properties', Element[]> {
  const parts: ReturnType<typeof partsOf> = { body: [], notes: [], properties: [] };
  let part: keyof typeof parts = 'body';
  for (const element of all) {
    if (element[0].type === 'heading_open' && element[0].tag === 'h2') {
      part = /^notes?$/i.test(textOf(content(element))) ? 'notes' : 'properties';
    } else parts[part].push(element);
  }
  return parts;
}

/** Definition lists, and lines such as `skip: true`. */
function propertiesOf(elements: readonly Element[]): Definition[] {
  return elements.flatMap((element) => {
    if (isList(element)) return definitions(element);
    return isParagraph(element) ? propertyLines(element).entries : [];
  });
}

function entriesOf(body: readonly Element[]): Definition[] {
  return body.filter(isList).flatMap(definitions);
}

/** A title slide shows its metadata, in the order of the document, and nothing else. */
function metadataBlocks(entries: readonly Definition[], { render }: Parsed): Block[] {
  return entries.filter(isShown).map(({ key, tokens }) => {
    const lines = tokens.filter(({ type }) => type === 'inline').map((token) => render([token]));
    return { kind: 'metadata', html: `<p class="${key}">${lines.join('<br>')}</p>` };
  });
}

function isList([{ type }]: Element): boolean {
  return type === 'dl_open';
}

function isParagraph([{ type }]: Element): boolean {
  return type === 'paragraph_open';
}

/** Whether an element is the author's text, and not a word of the parser to itself. */
export function isText([{ type }]: Element): boolean {
  return !['remark', 'pause', 'block_end', 'attribute_list', 'attribute_definition'].includes(type);
}

function waits({ children }: Token): boolean {
  return children?.some(({ type }) => type === 'wait') ?? false;
}

function headlineRemark(line: number): PlacedRemark {
  return {
    line,
    column: 1,
    severity: 'warning',
    message: 'A headline cannot wait; it shows from the start.',
    cure: 'Take {::wait/} out of it.',
  };
}

function strayRemark(line: number): PlacedRemark {
  return {
    line,
    column: 1,
    severity: 'warning',
    message: 'This line names no property, so it is left out.',
    cure: 'Only id, skip, backup, scene and show may be lines, as in skip: true. Write others as a definition list, or move text above the properties.',
  };
}

function hiddenRemark(line: number): PlacedRemark {
  return {
    line,
    column: 1,
    severity: 'notice',
    message:
      'This is not shown: a title slide and properties have definition lists only, notes have paragraphs only.',
    cure: 'Move it to a slide, or write it as the list or the paragraph that belongs here.',
  };
}
