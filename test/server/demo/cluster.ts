import type { AskApi } from '../../../server/api.ts';

type Json = Record<string, unknown>;

/**
 * As much of an API server as the demo asks for: objects by path, PUT, merge patches and apply. It
 * runs no controllers: what Flux would do a test does itself, with `set`.
 */
export function pretendCluster(objects: Record<string, Json> = {}) {
  const held = new Map<string, Json>(Object.entries(objects));
  const asked: { method: string; path: string; body?: string }[] = [];
  const ask: AskApi = ({ method, path, body }) => {
    asked.push({ method, path, ...(body !== undefined && { body }) });
    const [where = ''] = path.split('?');
    const sent: Json = body === undefined ? {} : JSON.parse(body);
    const known = held.get(where);
    if (method === 'PATCH') held.set(where, merged(known ?? {}, sent));
    else if (method === 'PUT') held.set(where, sent);
    else if (method === 'DELETE') held.delete(where);
    else if (method === 'POST') return Promise.resolve({ status: 200, body: '' });
    const list = [...held].filter(([name]) => isIn(name, where)).map(named);
    const found = held.get(where) ?? (list.length > 0 ? { items: list } : known);
    return Promise.resolve(
      found
        ? { status: 200, body: JSON.stringify(found) }
        : { status: 404, body: '{"kind":"Status","message":"not found"}' },
    );
  };
  return { ask, asked, held, set: (path: string, object: Json) => held.set(path, object) };
}

/** Whether an object is of a list, of one namespace or all. */
function isIn(name: string, list: string): boolean {
  return (
    name.startsWith(`${list}/`) ||
    name.replace(/\/namespaces\/[^/]+(?=\/[^/]+\/)/, '').startsWith(`${list}/`)
  );
}

function named([path, object]: [string, Json]): Json {
  const [, namespace, name] = /(?:namespaces\/([^/]+)\/)?[^/]+\/([^/]+)$/.exec(path) ?? [];
  return { metadata: { name, ...(namespace !== undefined && { namespace }) }, ...object };
}

function merged(into: Json, patch: Json): Json {
  const result = { ...into };
  for (const [name, value] of Object.entries(patch)) {
    const inner = result[name];
    if (value === null) delete result[name];
    else result[name] = isJson(value) ? merged(isJson(inner) ? inner : {}, value) : value;
  }
  return result;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
