import type { Cascade } from './cascade.ts';
import type { Font } from './font.ts';
import { multiply, parseTransform, transformRect } from './matrix.ts';
import { boxOf } from './measure.ts';
import { centre, number, type Rect, union } from './plane.ts';

/** Puts right what Mermaid draws wrongly with SVG text, or leaves to CSS that we don't keep. */
export function mend(svg: Element, font: Font, cascade: Cascade): void {
  const box = (element: Element): Rect | undefined => {
    const own = boxOf(element, font, cascade);
    return own && transformRect(parseTransform(element.getAttribute('transform') ?? ''), own);
  };
  if (svg.getAttribute('aria-roledescription') !== 'kanban')
    for (const node of svg.querySelectorAll('g.node')) centreLabel(node, box);
  for (const square of svg.querySelectorAll('rect.milestone')) turnSquare(square);
  // text under broad bands cannot be read
  const labels = svg.querySelector('.node-labels');
  labels?.parentElement?.append(labels);
}

/** A node's only label belongs in the middle of its shape. */
function centreLabel(node: Element, box: (element: Element) => Rect | undefined): void {
  const children = [...node.children];
  const labels = children.filter((child) => child.classList.contains('label'));
  const [label] = labels;
  const shapes = children.filter((child) => child !== label).flatMap((child) => box(child) ?? []);
  if (!label || labels.length > 1 || shapes.length === 0) return;
  for (const text of label.querySelectorAll('text, tspan'))
    text.setAttribute('style', `${text.getAttribute('style') ?? ''};text-anchor:middle`);
  const words = box(label);
  if (!words) return;
  const by = centre(union(shapes)).x - centre(words).x;
  const own = parseTransform(label.getAttribute('transform') ?? '');
  const moved = multiply([1, 0, 0, 1, by, 0], own);
  label.setAttribute('transform', `matrix(${moved.map(number).join(' ')})`);
}

/** A milestone is a square that stands on its corner. */
function turnSquare(square: Element): void {
  const value = (name: string): number => Number(square.getAttribute(name));
  const middle = centre({
    x: value('x'),
    y: value('y'),
    width: value('width'),
    height: value('height'),
  });
  const [x, y] = [number(middle.x), number(middle.y)];
  square.setAttribute(
    'transform',
    `translate(${x} ${y}) rotate(45) scale(0.8) translate(-${x} -${y})`,
  );
}
