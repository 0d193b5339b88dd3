/**
 * A map by string that is never changed: `put` and `drop` give another one and share the rest, so
 * that one event among thousands of objects costs the same as among ten.
 */
export type Keyed<V> = Leaf<V> | Branch<V>;

interface Leaf<V> {
  readonly entries: readonly (readonly [string, V])[];
}
interface Branch<V> {
  readonly children: readonly Keyed<V>[];
}

const bits = 4;
const fanout = 2 ** bits;
const fullLeaf = 8;
const deepest = 32 / bits;

export function empty<V>(): Keyed<V> {
  return { entries: [] };
}

export function get<V>(map: Keyed<V>, key: string): V | undefined {
  let node = map;
  for (let rest = hash(key); 'children' in node; rest >>>= bits) {
    const child: Keyed<V> | undefined = node.children[rest % fanout];
    if (!child) return undefined;
    node = child;
  }
  return node.entries.find(([known]) => known === key)?.[1];
}

export function put<V>(map: Keyed<V>, key: string, value: V): Keyed<V> {
  return change(map, key, hash(key), 0, (entries) => [...entries, [key, value]]);
}

export function drop<V>(map: Keyed<V>, key: string): Keyed<V> {
  return change(map, key, hash(key), 0, (entries) => entries);
}

export function* entries<V>(map: Keyed<V>): Iterable<readonly [string, V]> {
  if ('entries' in map) yield* map.entries;
  else for (const child of map.children) yield* entries(child);
}

type Edit<V> = (others: Leaf<V>['entries']) => Leaf<V>['entries'];

function change<V>(
  map: Keyed<V>,
  key: string,
  rest: number,
  depth: number,
  edit: Edit<V>,
): Keyed<V> {
  if ('children' in map) {
    const slot = rest % fanout;
    return {
      children: map.children.map((child, index) =>
        index === slot ? change(child, key, rest >>> bits, depth + 1, edit) : child,
      ),
    };
  }
  const edited = edit(map.entries.filter(([known]) => known !== key));
  if (edited.length <= fullLeaf || depth === deepest) return { entries: edited };
  const slotOf = (known: string) => (hash(known) >>> (depth * bits)) % fanout;
  return {
    children: Array.from({ length: fanout }, (_, slot) => ({
      entries: edited.filter(([known]) => slotOf(known) === slot),
    })),
  };
}

/** FNV-1a */
function hash(key: string): number {
  let sum = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    sum = Math.imul(sum ^ key.charCodeAt(index), 0x01000193);
  }
  return sum >>> 0;
}
