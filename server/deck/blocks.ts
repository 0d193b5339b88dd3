import type { Token } from 'markdown-it';
import type { Block, BlockKind } from './deck.ts';
import { content, type Element, elements, lineOf, visible } from './elements.ts';
import { languageOf } from './listing.ts';
import { captionHtml, placementOf } from './picture.ts';
import type { PlacedRemark } from './rules/remark.ts';
import { textOf } from './text.ts';

/** What building blocks needs of the parser. */
export interface Parsed {
  /** HTML of tokens, with no literal `{:` in it. */
  render: (tokens: readonly Token[]) => string;
  /** The attributes that the author's attribute lists give. */
  attributes: ReadonlyMap<Token, Record<string, string>>;
  /** Of the source, to find columns in. */
  lines: readonly string[];
}

/** The block that an element of a slide's body makes, if it shows at all. */
export function blockOf(element: Element, parsed: Parsed): Block | undefined {
  const [first] = element;
  const html = (kind: BlockKind): Block => ({ kind, html: parsed.render(element) });
  switch (first.type) {
    case 'paragraph_open':
      return paragraphBlock(element, parsed);
    case 'bullet_list_open':
      return html('list');
    case 'ordered_list_open':
      return html('ordered-list');
    case 'dl_open':
      return html('definition-list');
    case 'table_open':
      return html('table');
    case 'blockquote_open':
      return html('quote');
    case 'fence':
    case 'code_block':
      return codeBlock(first, parsed);
    case 'math_block':
      return html('math');
    case 'inline':
      return html('paragraph');
    case 'hr':
      return html('rule');
    case 'footnotes_open':
      return html('footnotes');
    case 'columns_open':
    case 'column_open':
    case 'container_open':
      return groupBlock(element, parsed);
    default:
      return undefined;
  }
}

/** Blocks within an element of their own. */
function groupBlock(element: Element, parsed: Parsed): Block {
  const last = element.at(-1);
  return {
    kind: 'group',
    open: parsed.render([element[0]]),
    close: last ? parsed.render([last]) : '',
    blocks: elements(content(element)).flatMap(
      (each) => headingBlock(each, parsed) ?? blockOf(each, parsed) ?? [],
    ),
  };
}

/** A headline over a part of a slide; on a slide itself Rabbit has none. */
function headingBlock([first, ...rest]: Element, { render }: Parsed): Block | undefined {
  if (first.type !== 'heading_open') return undefined;
  return { kind: 'paragraph', html: `<h3>${render(rest.slice(0, -1))}</h3>` };
}

/** What of an element does not show, though the author wrote it. */
export function blockRemarks(element: Element): PlacedRemark[] {
  const remark = (message: string, cure: string): PlacedRemark[] => [
    { line: lineOf(element), column: 1, severity: 'notice', message, cure },
  ];
  switch (element[0].type) {
    case 'heading_open':
      return remark(
        `The headline “${textOf(content(element))}” within a slide is not shown.`,
        'Begin a slide with #, or write it **bold**.',
      );
    case 'columns_open':
    case 'column_open':
    case 'container_open':
      return elements(content(element))
        .filter(([{ type }]) => type !== 'heading_open')
        .flatMap(blockRemarks);
    default:
      return [];
  }
}

function paragraphBlock(element: Element, parsed: Parsed): Block | undefined {
  const [first, ...others] = visible(content(element)[0]?.children ?? []);
  if (first === undefined) return undefined;
  if (first.type === 'image' && others.length === 0) return imageBlock(element[0], first, parsed);
  if ([first, ...others].every(({ type }) => type === 'image')) {
    return picturesBlock(element[0], [first, ...others], parsed);
  }
  return { kind: 'paragraph', html: parsed.render(element) };
}

/** An image alone in its paragraph, with its caption under it. */
function imageBlock(paragraph: Token, image: Token, parsed: Parsed): Block {
  const given = { ...parsed.attributes.get(paragraph), ...parsed.attributes.get(image) };
  const html = figureHtml(image, given, fragmentOf(paragraph), parsed);
  return { kind: 'image', html, attributes: given, line: lineOf([paragraph]) };
}

/** Images alone in their paragraph stand side by side. */
function picturesBlock(paragraph: Token, images: readonly Token[], parsed: Parsed): Block {
  const { names, index } = fragmentOf(paragraph);
  const given = parsed.attributes.get(paragraph) ?? {};
  const { classes } = placementOf(given);
  const figures = images.map((image) =>
    figureHtml(image, parsed.attributes.get(image) ?? {}, { names: [], index: '' }, parsed),
  );
  return {
    kind: 'image',
    html: `<div class="${['pictures', ...classes, ...names].join(' ')}"${index}>${figures.join('')}</div>`,
    attributes: given,
    line: lineOf([paragraph]),
  };
}

function figureHtml(
  image: Token,
  given: Readonly<Record<string, string>>,
  fragment: ReturnType<typeof fragmentOf>,
  { render }: Parsed,
): string {
  const caption = given.caption ?? String(image.attrGet('title') ?? textOf([image]));
  const { classes, side, clip } = placementOf(given);
  const names = ['image', ...classes, ...(side ? [`side-${side}`] : []), ...fragment.names];
  if (clip) image.attrSet('data-clip', clip.join(' '));
  if (given.autoplay === 'true') image.attrSet('data-autoplay', 'true');
  return withoutTags(
    `<figure class="${names.join(' ')}"${fragment.index}>${render([image])}${captionHtml(caption)}</figure>`,
  );
}

/** What makes a step of a paragraph's picture. */
function fragmentOf(paragraph: Token): { names: string[]; index: string } {
  const step = paragraph.attrGet('data-fragment-index');
  return step === null
    ? { names: [], index: '' }
    : { names: ['fragment'], index: ` data-fragment-index="${step}"` };
}

function codeBlock(code: Token, { render, attributes }: Parsed): Block {
  const given = attributes.get(code) ?? {};
  const language = languageOf(code, given);
  if (language === 'mermaid') {
    return { kind: 'diagram', source: code.content, line: lineOf([code]), attributes: given };
  }
  return {
    kind: language === 'math' ? 'math' : 'code',
    html: render([code]),
    attributes: given,
    line: lineOf([code]),
  };
}

/** `{:` as an entity: what an author escaped or wrote as code reads the same and is no tag. */
export function withoutTags(html: string): string {
  return html.replaceAll('{:', '&#123;:');
}
