/** What `{: #id .class key="value" name}` says. */
export interface Attributes {
  /** Classes are joined under `class`. */
  values: Record<string, string>;
  /** Names of lists that are defined elsewhere, as `{:name: .class}`. */
  names: string[];
  /** What could not be read, with its position in the text. */
  unread: { text: string; at: number }[];
}

const item =
  /\s+|\.(?<class>-?[A-Za-z][^\s.#"'=]*)(?=[\s.#]|$)|#(?<id>[A-Za-z][\w:-]*)(?=[\s.#]|$)|(?<key>\w[\w:-]*)=(?:"(?<double>[^"]*)"|'(?<single>[^']*)')(?=\s|$)|(?<name>\w[\w-]*)(?=\s|$)|(?<unread>\S+)/gy;

/** Reads what stands between `{:` and `}`. A value must be quoted, as Rabbit has it. */
export function readAttributes(text: string): Attributes {
  const values = new Map<string, string>();
  const attributes: Attributes = { values: {}, names: [], unread: [] };
  for (const { index, groups = {} } of text.matchAll(item)) {
    const value = groups.double ?? groups.single;
    if (groups.class !== undefined) {
      values.set('class', [values.get('class'), groups.class].filter(Boolean).join(' '));
    } else if (groups.id !== undefined) values.set('id', groups.id);
    else if (groups.key !== undefined && value !== undefined) values.set(groups.key, value);
    else if (groups.name !== undefined) attributes.names.push(groups.name);
    else if (groups.unread !== undefined) {
      attributes.unread.push({ text: groups.unread, at: index });
    }
  }
  attributes.values = Object.fromEntries(values);
  return attributes;
}

/** The classes that Rabbit's text tags name; what else an author writes is not a class of ours. */
const known =
  /^(left|center|right|justify|xx-small|x-small|small|medium|large|x-large|xx-large|normal|oblique|italic|wrap-[a-z]+)$/;

const margin = /\bmargin-(top|bottom|left|right)(?:\s*\*\s*(-?\d+(?:\.\d+)?))?(?=\s|$)/g;

export function knownClasses(names: string): string[] {
  const spaces = Array.from(
    names.matchAll(margin),
    ([, side, times = '1']) => `space-${side} space-${side}-${times.replace('.', '_')}`,
  );
  return [...names.split(/\s+/).filter((name) => known.test(name)), ...spaces];
}
