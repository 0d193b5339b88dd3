/**
 * Shapes: how `unknown` becomes a value of ours at the boundary, once.
 * A shape gives the value, made anew with only the fields we know, or undefined; it never throws.
 */
export type Shape<T> = (value: unknown) => T | undefined;

interface Optional<T> {
  optional: Shape<T>;
}

/** One shape for each field of `T`, `optional` just where the field is: the compiler checks both. */
type Fields<T> = {
  readonly [K in keyof T]-?: Pick<T, K> extends Required<Pick<T, K>>
    ? Shape<T[K]>
    : Optional<Exclude<T[K], undefined>>;
};

export const text: Shape<string> = (value) => (typeof value === 'string' ? value : undefined);

export const flag: Shape<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);

export const number: Shape<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** A whole number from zero: a slide, a step, a sequence number. */
export const ordinal: Shape<number> = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

export function oneOf<T extends string>(...words: readonly T[]): Shape<T> {
  return (value) => words.find((word) => word === value);
}

export function optional<T>(shape: Shape<T>): Optional<T> {
  return { optional: shape };
}

export function list<T>(item: Shape<T>): Shape<T[]> {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const items: T[] = [];
    for (const raw of value) {
      const parsed = item(raw);
      if (parsed === undefined) return undefined;
      items.push(parsed);
    }
    return items;
  };
}

export function pair<A, B>(first: Shape<A>, second: Shape<B>): Shape<[A, B]> {
  return (value) => {
    if (!Array.isArray(value) || value.length !== 2) return undefined;
    const a = first(value[0]);
    const b = second(value[1]);
    return a === undefined || b === undefined ? undefined : [a, b];
  };
}

export function object<T extends object>(fields: Fields<T>): Shape<T> {
  const entries = Object.entries<Shape<unknown> | Optional<unknown>>(fields);
  return (value) => {
    if (!isRecord(value)) return undefined;
    const parsed: Record<string, unknown> = {};
    for (const [key, field] of entries) {
      const raw = Object.hasOwn(value, key) ? value[key] : undefined;
      const isOptional = typeof field !== 'function';
      if (isOptional && raw === undefined) continue;
      const part = (isOptional ? field.optional : field)(raw);
      if (part === undefined) return undefined;
      parsed[key] = part;
    }
    // Each field of T was asked for by its own shape just now.
    return parsed as T;
  };
}

/** A union closed by its `type`: one shape for each member. */
export function union<T extends { type: string }>(
  members: {
    readonly [Type in T['type']]: Shape<Extract<T, { type: Type }>>;
  },
): Shape<T> {
  return (value) => {
    if (!isRecord(value) || !isMember(value.type)) return undefined;
    return members[value.type](value);
  };

  function isMember(type: unknown): type is T['type'] {
    return typeof type === 'string' && Object.hasOwn(members, type);
  }
}

/** JSON text as a value of this shape; undefined also when it is not JSON. */
export function fromJson<T>(shape: Shape<T>, json: unknown): T | undefined {
  if (typeof json !== 'string') return undefined;
  try {
    return shape(JSON.parse(json));
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
