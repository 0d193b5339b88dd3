import { JSDOM } from 'jsdom';
import type { Block, Slide } from '../../server/deck/deck.ts';
import { fold, type Sketch } from './rabbit.ts';

const { document } = new JSDOM('').window;

/** Our slide in the notation that Rabbit's can be written in too. */
export function sketchOf(slide: Slide): Sketch {
  const { kind, title, steps, blocks, pauses = [] } = slide;
  return {
    kind,
    title: fold(title),
    properties: unshown(slide),
    steps: steps.filter((_, step) => !pauses.includes(step)).map(fold),
    body: blocks.filter((block) => !isBeside(block)).map((block) => fold(blockSketch(block))),
  };
}

/** In Rabbit an image at the side is none of the body's blocks: it lies behind the text. */
function isBeside(block: Block): boolean {
  return block.kind === 'image' && block.attributes?.align === 'right';
}

/** Rabbit keeps as properties what a title slide does not show, and the notes. */
function unshown({ properties, blocks, notes }: Slide): Sketch['properties'] {
  const shown = blocks.map((block) =>
    block.kind === 'metadata' ? /"(.*?)"/.exec(block.html)?.[1] : '',
  );
  const rest = Object.entries(properties).filter(([key]) => !shown.includes(key));
  const all = notes === '' ? rest : [...rest, ['note', notes] as const];
  return Object.fromEntries(all.map(([key, value]) => [key, fold(value)]));
}

function blockSketch(block: Block): string {
  switch (block.kind) {
    case 'diagram':
      return `diagram(${block.source})`;
    case 'group':
      return htmlSketch(block.open + block.blocks.map(blockSketch).join('') + block.close);
    default:
      return htmlSketch(block.html);
  }
}

function htmlSketch(html: string): string {
  const template = document.createElement('template');
  template.innerHTML = html;
  return inside(template.content);
}

function inside(node: Node): string {
  return [...node.childNodes].map(sketch).join('');
}

function sketch(node: Node): string {
  if (!('tagName' in node)) return node.textContent ?? '';
  const element = node as Element;
  const wait = element.classList.contains('fragment') ? '?' : '';
  const tags = [...element.classList].filter((name) => !/^(fragment|align-|language-)/.test(name));
  const tagged = tags.reduce((text, name) => `${name}(${text})`, inside(element));
  switch (element.tagName) {
    case 'P':
      if (['LI', 'DD', 'DT'].includes(element.parentElement?.tagName ?? '')) return ` ${tagged} `;
      return METADATA.test(tags[0] ?? '')
        ? `${tags[0]}: ${inside(element)}`
        : `${wait}p(${tagged})`;
    case 'LI':
    case 'DD':
      return ` ${wait}${element.tagName.toLowerCase()}(${inside(element).trim()}) `;
    case 'UL':
    case 'OL':
    case 'DL':
    case 'TABLE':
      return ` ${element.tagName.toLowerCase()}(${inside(element).trim()}) `;
    case 'DT':
    case 'TR':
      return ` ${element.tagName.toLowerCase()}(${inside(element).trim()}) `;
    case 'TH':
    case 'TD':
      return ` td(${inside(element).trim()}) `;
    case 'BLOCKQUOTE':
      return `quote(${inside(element).trim()})`;
    case 'PRE':
      return `code(${element.textContent})`;
    case 'FIGURE':
      return `image(${element.querySelector('figcaption')?.textContent ?? ''})`;
    case 'EM':
    case 'STRONG':
      return `*${inside(element)}*`;
    case 'S':
      return `~${inside(element)}~`;
    case 'CODE':
      return `\`${inside(element)}\``;
    case 'A':
      return `[${inside(element)}](${element.getAttribute('href')})`;
    case 'BR':
      return '\n';
    default:
      return tagged;
  }
}

const METADATA = /^(subtitle|author|institution|content-source|date|place|when|where)$/;
