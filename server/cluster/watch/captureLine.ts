import { createHmac } from 'node:crypto';
import { fields, text } from '../object.ts';
import type { Watched } from '../observation.ts';
import { withoutSecrets } from '../redact.ts';

/** Where authors put values that may be secret: nothing of them is needed but whether they change. */
const values = new Set([
  'args',
  'command',
  'data',
  'env',
  'patches',
  'postBuild',
  'postRenderers',
  'stringData',
  'values',
  'webhookPath',
]);

/** Annotations that say what Flux was asked for; any other may hold a whole manifest. */
const spoken = /^(reconcile|kustomize\.toolkit|helm\.toolkit|source\.toolkit)\.fluxcd\.io\//;

/**
 * A line of a capture, without secrets. What may be one is replaced by a word that is the same as
 * long as the value is: so a capture tells of drift in it as the cluster did.
 * @param key random, of this capture, and forgotten with it
 */
export function captureLine({ at, kind, change, object }: Watched, key: string): string {
  const head = { t: Math.round(at * 1000) / 1000, watch: kind, type: change };
  if (object === undefined) return JSON.stringify(head);
  if (change === 'LISTED') {
    const resourceVersion = text(fields(fields(object).metadata).resourceVersion);
    return JSON.stringify({ ...head, resourceVersion });
  }
  return JSON.stringify({ ...head, object: cleaned(object, key) });
}

function cleaned(value: unknown, key: string, name = ''): unknown {
  if (typeof value === 'string') return withoutSecrets(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => cleaned(item, key, name));
  return Object.fromEntries(
    Object.entries(value).map(([field, item]) => {
      if (name === 'annotations') return [field, annotation(field, item, key)];
      return [field, values.has(field) ? hidden(item, key, field) : cleaned(item, key, field)];
    }),
  );
}

function annotation(name: string, value: unknown, key: string): unknown {
  return spoken.test(name) ? cleaned(value, key) : hidden(value, key, name);
}

function hidden(value: unknown, key: string, place: string): unknown {
  if (Array.isArray(value)) return value.map((item) => hidden(item, key, place));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([field, item]) => [
        field,
        // By its name a field manager owns a variable.
        place === 'env' && field === 'name' ? item : hidden(item, key, place),
      ]),
    );
  }
  if (value === null || typeof value === 'boolean') return value;
  const digest = createHmac('sha256', key).update(JSON.stringify(value) ?? '');
  return `…${digest.digest('hex').slice(0, 8)}`;
}
