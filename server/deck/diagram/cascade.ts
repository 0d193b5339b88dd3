/** One rule of a style sheet, for one selector. */
interface Rule {
  selector: string;
  /** What the last part of the selector asks for: most elements can be told apart by it at once. */
  tag: string;
  classes: string[];
  weight: number;
  declarations: Map<string, string>;
}

/** Applies the style sheets inside of an SVG, as far as Mermaid's go: no media, no variables. */
export interface Cascade {
  /** What is said of the element itself, by rules, attributes and inline style. */
  declared: (element: Element) => Map<string, string>;
  /** The value of an inherited property: the nearest that is declared, on the element or above. */
  inherited: (element: Element, property: string) => string | undefined;
}

const inline = 1e9;
const important = 1e10;

/** @param properties the only ones that are looked at */
export function openCascade(properties: ReadonlySet<string>): Cascade {
  const sheets = new WeakMap<Element, Sheet>();
  const sheetOf = (style: Element): Sheet => {
    const known = sheets.get(style);
    if (known) return known;
    const sheet = arrange(parseSheet(style.textContent, properties));
    if (sheet.size > 0) sheets.set(style, sheet);
    return sheet;
  };
  const declared = (element: Element): Map<string, string> => {
    const found = new Map<string, { value: string; weight: number }>();
    const put = (name: string, text: string, weight: number): void => {
      const value = text.replace(/\s*!\s*important\s*$/i, '').trim();
      const total = value === text.trim() ? weight : weight + important;
      if (value !== '' && total >= (found.get(name)?.weight ?? -1))
        found.set(name, { value, weight: total });
    };
    for (const name of element.getAttributeNames())
      if (properties.has(name)) put(name, element.getAttribute(name) ?? '', 0);
    const classes = (element.getAttribute('class') ?? '').split(/\s+/);
    for (const style of element.ownerDocument.getElementsByTagName('style')) {
      const sheet = sheetOf(style);
      for (const key of ['', element.localName, ...classes.map((name) => `.${name}`)])
        for (const rule of sheet.get(key) ?? [])
          if (applies(rule, element, classes))
            for (const [name, value] of rule.declarations) put(name, value, rule.weight);
    }
    for (const [name, value] of parseDeclarations(element.getAttribute('style') ?? ''))
      if (properties.has(name)) put(name, value, inline);
    return new Map([...found].map(([name, { value }]) => [name, value]));
  };
  return { declared, inherited: inheriting(declared) };
}

/** The same, for as long as nothing changes: what an element declares is looked up once. */
export function still({ declared }: Cascade): Cascade {
  const known = new Map<Element, Map<string, string>>();
  const once = (element: Element): Map<string, string> => {
    const found = known.get(element) ?? declared(element);
    known.set(element, found);
    return found;
  };
  return { declared: once, inherited: inheriting(once) };
}

function inheriting(declared: Cascade['declared']): Cascade['inherited'] {
  return (element, property) => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const value = declared(at).get(property);
      if (value !== undefined && value !== 'inherit') return value;
    }
    return undefined;
  };
}

/** Rules by what an element must have: a class, else a name. */
type Sheet = Map<string, Rule[]>;

function arrange(rules: Rule[]): Sheet {
  const sheet: Sheet = new Map();
  for (const rule of rules) {
    const [first] = rule.classes;
    const key = first === undefined ? rule.tag : `.${first}`;
    sheet.set(key, [...(sheet.get(key) ?? []), rule]);
  }
  return sheet;
}

function applies({ selector, tag, classes }: Rule, element: Element, own: string[]): boolean {
  if (tag !== '' && tag !== element.localName) return false;
  if (!classes.every((name) => own.includes(name))) return false;
  try {
    return element.matches(selector);
  } catch {
    return false;
  }
}

/** The rules of a flat style sheet; what stands inside of an at-rule is left out. */
function parseSheet(text: string, properties: ReadonlySet<string>): Rule[] {
  const rules: Rule[] = [];
  const flat = text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/@[\w-]+[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})/g, '');
  for (const [, selectors = '', body = ''] of flat.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const declarations = new Map(parseDeclarations(body).filter(([name]) => properties.has(name)));
    if (declarations.size === 0) continue;
    for (const one of selectors.split(/,(?![^(]*\))/)) {
      const selector = one.trim();
      const last = /[^\s>+~]*$/.exec(selector)?.[0] ?? '';
      const plain = last.replaceAll(/\[[^\]]*\]|:[\w-]+(\([^)]*\))?/g, '');
      rules.push({
        selector,
        tag: /^[a-z]\w*/i.exec(plain)?.[0] ?? '',
        classes: [...plain.matchAll(/\.([\w-]+)/g)].map(([, name = '']) => name),
        weight: specificity(selector) + rules.length / 1e4,
        declarations,
      });
    }
  }
  return rules;
}

function specificity(selector: string): number {
  const count = (pattern: RegExp): number => (selector.match(pattern) ?? []).length;
  return (
    count(/#[\w-]+/g) * 1e4 +
    count(/\.[\w-]+|\[[^\]]*\]|:(?!not|is)[\w-]+/g) * 100 +
    count(/(^|[\s>+~])[a-z]\w*/gi)
  );
}

function parseDeclarations(text: string): [name: string, value: string][] {
  return text.split(';').flatMap((declaration): [string, string][] => {
    const colon = declaration.indexOf(':');
    if (colon < 0) return [];
    return [
      [declaration.slice(0, colon).trim().toLowerCase(), declaration.slice(colon + 1).trim()],
    ];
  });
}
