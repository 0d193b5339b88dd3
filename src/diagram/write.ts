const SVG = 'http://www.w3.org/2000/svg';

/** A new SVG element beside those of `parent`, appended to it. */
export function append(
  parent: Element,
  name: string,
  attributes: Readonly<Record<string, string>>,
): Element {
  const element = parent.ownerDocument.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
}

/** An attribute that remembers what it was given last and touches the page only for something else. */
export function attribute(element: Element, name: string): (value: string | undefined) => boolean {
  let written: string | undefined;
  return (value) => {
    if (value === written) return false;
    written = value;
    if (value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value);
    return true;
  };
}
