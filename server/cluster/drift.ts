import { type ClusterObject, type Fields, fields, json, list } from './object.ts';

/** What the applier has set in a workload, and what others have changed of it since. */
export interface Drift {
  /** Values (as JSON) of the fields that the applier owns, by path. */
  owned: ReadonlyMap<string, { value: string; shared: boolean }>;
  lost: ReadonlyMap<string, Loss>;
  /** Times of the applier's own writes. */
  wrote: string;
}

interface Loss {
  /** The value that the applier gave the field, and the one it has now. */
  desired: string;
  value: string;
  /** The field manager that took it. */
  by: string;
}

/**
 * A field has drifted when the applier lost it without a write of its own: the API server takes a
 * field from its owner when another changes its value. `before` is what this came to last.
 */
export function driftOf(object: ClusterObject, manager: string, before: Drift | undefined): Drift {
  const own = object.managers.filter((entry) => entry.manager === manager && !entry.subresource);
  const others = new Map<string, string>();
  for (const entry of object.managers) {
    if (entry.manager === manager || entry.subresource === 'status') continue;
    for (const path of paths(entry.fields)) others.set(path, entry.manager);
  }
  const owned = new Map<string, { value: string; shared: boolean }>();
  for (const path of own.flatMap((entry) => paths(entry.fields))) {
    owned.set(path, { value: valueAt(object.whole, path), shared: others.has(path) });
  }
  const wrote = own.map((entry) => entry.time).join();
  const lost = new Map<string, Loss>();
  for (const [path, loss] of before?.lost ?? []) {
    const value = valueAt(object.whole, path);
    // Flux takes a field back before it sets it: until then it owns another's value.
    const still = wrote === before?.wrote && (!owned.has(path) || value === loss.value);
    if (still) lost.set(path, { ...loss, value, by: others.get(path) ?? loss.by });
  }
  for (const [path, { value: desired, shared }] of before?.owned ?? []) {
    if (owned.has(path) || before?.lost.has(path)) continue;
    const by = others.get(path);
    const taken = by !== undefined && !shared;
    if (taken || wrote === before?.wrote) {
      lost.set(path, { desired, value: valueAt(object.whole, path), by: by ?? 'another' });
    }
  }
  return { owned, lost, wrote };
}

/** What has drifted, in words, or undefined. Values stay out of it: they may be secret. */
export function drifted(drift: Drift): string | undefined {
  const changes = [...drift.lost].filter(([, { desired, value }]) => desired !== value);
  const [first] = changes;
  if (!first) return undefined;
  const [path, { by }] = first;
  const more = changes.length > 1 ? ` and ${changes.length - 1} more` : '';
  return `${inWords(path)}${more} changed by ${by}`;
}

/** Paths of the fields that others have changed since `before`, and not back. */
export function changedFields({ lost }: Drift, before: Drift | undefined): string[] {
  return [...lost].flatMap(([path, { desired, value }]) =>
    value === desired || value === before?.lost.get(path)?.value ? [] : [path],
  );
}

/** Whether it was the applier that ended the drift, and not the one who had caused it. */
export function isPutBack(before: Drift, after: Drift): boolean {
  if (drifted(before) === undefined || drifted(after) !== undefined) return false;
  return [...before.lost.keys()].some((path) => after.owned.has(path));
}

/** The leaves of a `fieldsV1`, each the JSON of its steps. */
function paths(tree: Fields, above: readonly string[] = []): string[] {
  return Object.entries(tree).flatMap(([step, below]) => {
    const path = [...above, step];
    const branches = fields(below);
    return Object.keys(branches).length > 0 ? paths(branches, path) : [JSON.stringify(path)];
  });
}

/**
 * Steps are `f:name` of a field, `k:{…}` of the list's item with these keys, `v:…` of a list's
 * value, `i:0` of a position, and `.` of the thing itself, whose being there is all that counts.
 */
function valueAt(whole: Fields, path: string): string {
  let value: unknown = whole;
  for (const step of stepsOf(path)) {
    if (step === '.') return JSON.stringify(value !== undefined);
    value = valueUnder(value, step);
  }
  return JSON.stringify(value) ?? '';
}

function valueUnder(value: unknown, step: string): unknown {
  const rest = step.slice(2);
  if (step.startsWith('f:')) return fields(value)[rest];
  if (step.startsWith('i:')) return list(value)[Number(rest)];
  if (step.startsWith('v:')) return list(value).find((item) => JSON.stringify(item) === rest);
  const keys = Object.entries(fields(json(rest)));
  return list(value).find((item) => keys.every(([key, wanted]) => fields(item)[key] === wanted));
}

function inWords(path: string): string {
  return stepsOf(path)
    .filter((step) => step !== '.')
    .map((step) =>
      step.startsWith('k:') ? Object.values(fields(json(step.slice(2)))).join(':') : step.slice(2),
    )
    .join('.');
}

function stepsOf(path: string): string[] {
  return list(json(path)).map(String);
}
