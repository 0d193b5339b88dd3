import { JSDOM } from 'jsdom';
import { graph } from './graph.ts';

const { window } = new JSDOM('');

/**
 * A graph's line of text as a stamped drawing in a document of its own: nodes in a row, 200 apart,
 * edges as straight lines between their centres. `measured` counts how often a path was measured.
 */
export function drawing(text: string, comments = ''): { svg: SVGElement; measured: () => number } {
  const { nodes, edges, labels } = graph(text);
  const x = (id: string) => nodes.findIndex((node) => node.id === id) * 200;
  const drawn = [
    '<g class="edges">',
    ...edges.map(
      ({ id, from, to }) =>
        `<path class="edge" data-edge="${id}" data-from="${from}" data-to="${to}" d="M${x(from)} 0L${x(to)} 0"/><path class="head" data-edge="${id}"/>`,
    ),
    '</g><g class="nodes">',
    ...nodes.map(
      ({ id }) =>
        `<g class="node" data-node="${id}" data-label="${labels.get(id)}" data-badge-x="${x(id) + 50}" data-badge-y="-20"><rect class="shape"/><text class="label">${labels.get(id)}</text><text class="fact"></text></g>`,
    ),
    '</g>',
  ];
  const document = window.document.implementation.createHTMLDocument();
  document.body.innerHTML = `<svg role="img">${drawn.join('')}</svg>`;
  const svg = document.querySelector('svg');
  if (!svg) throw new Error('no drawing');
  svg.setAttribute('data-live', comments);
  let measured = 0;
  for (const line of svg.querySelectorAll('path.edge')) {
    const [start = 0, , end = 0] = (line.getAttribute('d')?.match(/-?\d+/g) ?? []).map(Number);
    Object.assign(line, {
      getTotalLength: () => Math.abs(end - start),
      getPointAtLength: (length: number) => {
        measured++;
        return { x: start + Math.sign(end - start) * length, y: 0 };
      },
    });
  }
  return { svg, measured: () => measured };
}

/** What is drawn, whatever the order in which attributes came: equal texts are equal pictures. */
export function picture(svg: Element): string {
  const attributes = [...svg.attributes]
    // How a badge came to its sign is motion, not picture.
    .filter(({ name }) => name !== 'data-settled')
    .map(({ name, value }) => ` ${name}="${value}"`)
    .toSorted();
  const inside = [...svg.childNodes].map((child) =>
    child.nodeType === child.ELEMENT_NODE ? picture(child as Element) : child.textContent,
  );
  return `<${svg.localName}${attributes.join('')}>${inside.join('')}</${svg.localName}>`;
}

/** Everything that is done to a drawing from now on. */
export function observe(svg: Element): MutationObserver {
  const observer = new window.MutationObserver(() => {});
  observer.observe(svg, { subtree: true, childList: true, attributes: true, characterData: true });
  return observer;
}

/** What a browser tells of an element whose animation is over. */
export function animationEnd(): Event {
  return new window.Event('animationend', { bubbles: true });
}

/** A click, or a key that is pressed. */
export function press(type: 'click' | 'keydown', key = ''): Event {
  return type === 'click'
    ? new window.MouseEvent(type, { bubbles: true, cancelable: true })
    : new window.KeyboardEvent(type, { key, bubbles: true, cancelable: true });
}
