import { linesOf } from './browser.ts';
import type { Cascade } from './cascade.ts';
import type { Font } from './font.ts';
import { number } from './plane.ts';
import { sizeOf, weightOf } from './textBox.ts';
import { wrap } from './words.ts';

/**
 * Puts SVG text in the place of HTML in a drawing: its lines one under the other, in the middle of
 * its box. Where Mermaid gives the same as SVG text, beside it in a `switch`, that stays.
 */
export function setForeign(svg: Element, font: Font, cascade: Cascade): void {
  for (const foreign of svg.querySelectorAll('foreignObject')) {
    const twin =
      foreign.parentElement?.localName === 'switch' && foreign.parentElement.querySelector('text');
    if (!twin) foreign.before(...setText(foreign, font, cascade));
    foreign.remove();
  }
}

function setText(foreign: Element, font: Font, cascade: Cascade): Element[] {
  const value = (name: string): number => Number.parseFloat(foreign.getAttribute(name) ?? '') || 0;
  const inner = deepest(foreign);
  const size = sizeOf(inner, cascade);
  const weight = weightOf(inner, cascade);
  const [width, height] = [value('width'), value('height')];
  const lines = linesOf(foreign).flatMap((line) =>
    wrap(line, Math.max(width, size), size, weight, font),
  );
  const pitch = size * 1.25;
  const top = value('y') + height / 2 - ((lines.length - 1) * pitch) / 2;
  return lines.map((line, row) => {
    const text = foreign.ownerDocument.createElementNS('http://www.w3.org/2000/svg', 'text');
    text.setAttribute('x', number(value('x') + width / 2));
    text.setAttribute('y', number(top + row * pitch + (size * font.capital) / 2));
    text.setAttribute('text-anchor', 'middle');
    text.setAttribute('font-size', number(size));
    text.setAttribute('font-weight', String(weight));
    text.setAttribute('fill', 'black');
    text.textContent = line;
    return text;
  });
}

/** The innermost element that holds all of the text. */
function deepest(element: Element): Element {
  const [only] = element.children;
  return only &&
    element.children.length === 1 &&
    only.textContent?.trim() === element.textContent?.trim()
    ? deepest(only)
    : element;
}
