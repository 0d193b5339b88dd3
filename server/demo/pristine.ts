/** What `demo up` left behind, so that it can be told from what a talk did to it. */
export interface Pristine {
  /** `main@sha1:` and 40 hex digits. */
  revision: string;
  /** The `spec` of each object, as the API server gave it back, by the object's path. */
  specs: Readonly<Record<string, unknown>>;
}

export function parsePristine(value: unknown): Pristine | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('revision' in value) || typeof value.revision !== 'string') return undefined;
  if (!/^main@sha1:[0-9a-f]{40}$/.test(value.revision)) return undefined;
  if (!('specs' in value) || typeof value.specs !== 'object' || value.specs === null)
    return undefined;
  return { revision: value.revision, specs: { ...value.specs } };
}

/** The commit of a revision. */
export function commitOf(revision: string): string {
  return revision.replace(/^.*sha1:/, '');
}

/**
 * How two values differ, one sentence a place: `replicas is 5, not 2`. Texts longer than 60
 * characters, lists and objects are not repeated.
 */
export function differences(wanted: unknown, found: unknown, place = ''): string[] {
  if (isRecord(wanted) && isRecord(found)) {
    const names = [...new Set([...Object.keys(wanted), ...Object.keys(found)])];
    return names.flatMap((name) =>
      differences(wanted[name], found[name], place === '' ? name : `${place}.${name}`),
    );
  }
  if (Array.isArray(wanted) && Array.isArray(found) && wanted.length === found.length) {
    return wanted.flatMap((item, index) => differences(item, found[index], `${place}[${index}]`));
  }
  if (Object.is(wanted, found)) return [];
  if (found === undefined) return [`${place} is missing`];
  if (wanted === undefined) return [`${place} was added${shown(found, ': ')}`];
  const [now, then] = [shown(found, ' '), shown(wanted, ', not ')];
  return [now === '' || then === '' ? `${place} was changed` : `${place} is${now}${then}`];
}

function shown(value: unknown, before: string): string {
  if (typeof value === 'number' || typeof value === 'boolean') return `${before}${value}`;
  return typeof value === 'string' && value.length <= 60 ? `${before}${value}` : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
