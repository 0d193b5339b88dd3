import { readFileSync } from 'node:fs';

/** An element as Rabbit has it. */
interface RabbitElement {
  type: string;
  text?: string;
  name?: string;
  to?: string;
  hidden?: boolean;
  order?: number;
  props?: { caption?: string };
  children?: RabbitElement[];
}

interface RabbitSlide {
  kind: 'title' | 'slide';
  title: string;
  props: Record<string, string>;
  steps: { type: string; text: string }[];
  tree: RabbitElement;
}

export type RabbitCase = { id: string; md: string } & (
  | { slides: RabbitSlide[] }
  | { error: string }
);

/** A slide in a notation that Rabbit's parse and ours can both be written in. */
export interface Sketch {
  kind: 'title' | 'slide';
  title: string;
  properties: Record<string, string>;
  steps: string[];
  body: string[];
}

export function rabbitCases(): RabbitCase[] {
  const file = new URL('../fixtures/conformance/rabbit-cases.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as RabbitCase[];
}

export function fold(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\( | (?=\))/g, (space) => space.trim())
    .trim();
}

export function sketchOfRabbit({ kind, title, props, steps, tree }: RabbitSlide): Sketch {
  const [, ...parts] = tree.children ?? [];
  const body = kind === 'title' ? parts.map(metadata) : (parts[0]?.children ?? []).map(block);
  return {
    kind,
    title: fold(title),
    properties: Object.fromEntries(
      Object.entries(props).map(([key, value]) => [
        key.toLowerCase().replaceAll('_', '-'),
        fold(value),
      ]),
    ),
    steps: steps.map(({ text }) => fold(text)),
    body: body.filter((text) => text !== '').map(fold),
  };
}

function metadata({ type, children }: RabbitElement): string {
  const key = type.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
  return `${key}: ${inside(children)}`;
}

function block(element: RabbitElement): string {
  const { type, children, hidden } = element;
  const wait = hidden ? '?' : '';
  switch (type) {
    case 'Paragraph':
      return `${wait}p(${inside(children)})`;
    case 'ItemList':
      return `ul(${inside(children)})`;
    case 'EnumList':
      return `ol(${inside(children)})`;
    case 'ItemListItem':
    case 'EnumListItem':
      return ` ${wait}li(${(children ?? []).map(itemPart).join(' ')}) `;
    case 'DescriptionList':
      return `dl(${inside(children)})`;
    case 'DescriptionListItem':
      return inside(children);
    case 'DescriptionTerm':
      return ` dt(${(children ?? []).map(itemPart).join(' ')}) `;
    case 'DescriptionContent':
      return ` ${wait}dd(${(children ?? []).map(itemPart).join(' ')}) `;
    case 'BlockQuote':
      return `quote(${inside(children)})`;
    case 'SyntaxHighlightingBlock':
    case 'PreformattedBlock':
      return `code(${rawText(element)})`;
    case 'Table':
      return `table(${inside(children)})`;
    case 'TableRow':
      return ` tr(${inside(children)}) `;
    case 'TableHeader':
    case 'TableCell':
      return ` td(${inside(children)}) `;
    case 'Image':
      return `image(${fold(element.props?.caption ?? '')})`;
    case 'Text':
      // Rabbit's themes make new lines of these, after its parse; but not in code.
      return (element.text ?? '').replaceAll('\\n', '\n');
    case 'Emphasis':
      return `*${inside(children?.[0]?.children)}*`;
    case 'DeletedText':
      return `~${inside(children)}~`;
    case 'Code':
      return `\`${rawText(element).trim()}\``;
    case 'ReferText':
      return `[${inside(children)}](${element.to})`;
    case 'Note':
      return `note(${inside(children)})`;
    case 'CustomTag':
      return element.name?.startsWith('syntax-')
        ? inside(children)
        : `${element.name}(${inside(children)})`;
    case 'WaitTag':
      return '';
    default:
      return inside(children);
  }
}

/** What stands in an item: a paragraph of an item is its text. */
function itemPart(element: RabbitElement): string {
  return element.type === 'Paragraph' ? inside(element.children) : block(element);
}

function rawText({ text = '', children = [] }: RabbitElement): string {
  return text + children.map(rawText).join('');
}

function inside(children: readonly RabbitElement[] = []): string {
  return children.map(block).join('');
}
