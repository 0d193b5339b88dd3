/** An element of HTML that this program wrote itself: well-formed, with quoted attributes. */
export interface Branch {
  tag: string;
  attributes: Readonly<Record<string, string>>;
  children: (Branch | string)[];
}

const VOID = new Set(['br', 'img', 'hr', 'input', 'source', 'track', 'wbr', 'col', 'link']);
const PART = /<(\/?)([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+|<)/gi;
const SIGNS: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', nbsp: '\u00a0' };

/** Reads HTML of our own as a tree. What is not closed ends with what is around it. */
export function tree(html: string): Branch {
  const root: Branch = { tag: '', attributes: {}, children: [] };
  const open = [root];
  for (const [, end, name = '', attributes = '', single, text] of html.matchAll(PART)) {
    const parent = open.at(-1) ?? root;
    if (text !== undefined) parent.children.push(plain(text));
    else if (end) close(open, name.toLowerCase());
    else {
      const branch = { tag: name.toLowerCase(), attributes: pairs(attributes), children: [] };
      parent.children.push(branch);
      if (!single && !VOID.has(branch.tag)) open.push(branch);
    }
  }
  return root;
}

/** The classes of an element. */
export function classesOf({ attributes }: Branch): string[] {
  return (attributes.class ?? '').split(' ');
}

/** All text in it. */
export function wordsOf({ children }: Branch): string {
  return children.map((child) => (typeof child === 'string' ? child : wordsOf(child))).join('');
}

function close(open: Branch[], tag: string): void {
  const at = open.findLastIndex((branch) => branch.tag === tag);
  if (at > 0) open.splice(at);
}

function pairs(text: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(text.matchAll(/([\w:-]+)="([^"]*)"/g), ([, name = '', value = '']) => [name, value]),
  );
}

function plain(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (whole, code?: string, name?: string) =>
    code === undefined ? (SIGNS[name ?? ''] ?? whole) : String.fromCodePoint(Number(code)),
  );
}
