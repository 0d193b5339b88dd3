/** Fields of which nothing is known until they are read. */
export type Fields = Readonly<Record<string, unknown>>;

/** A small typed view of a Kubernetes object. */
export interface ClusterObject {
  /** `Kind/namespace/name` */
  key: string;
  kind: string;
  namespace: string;
  name: string;
  uid: string;
  /** `resourceVersion`: opaque, only equality means something. */
  version: string;
  generation: number;
  terminating: boolean;
  labels: Fields;
  annotations: Fields;
  managers: readonly FieldManager[];
  spec: Fields;
  status: Fields;
  /** The whole object, to look up what a field manager owns. */
  whole: Fields;
}

/** An entry of `metadata.managedFields`. */
export interface FieldManager {
  manager: string;
  subresource: string;
  time: string;
  fields: Fields;
}

export interface Condition {
  type: string;
  status: string;
  reason: string;
  message: string;
}

/** The view of an object as the API server sent it, or undefined of what is no object. */
export function clusterObject(kind: string, sent: unknown): ClusterObject | undefined {
  const whole = fields(sent);
  const metadata = fields(whole.metadata);
  const name = text(metadata.name);
  if (name === undefined) return undefined;
  const namespace = text(metadata.namespace) ?? '';
  return {
    key: `${kind}/${namespace}/${name}`,
    kind,
    namespace,
    name,
    uid: text(metadata.uid) ?? '',
    version: text(metadata.resourceVersion) ?? '',
    generation: count(metadata.generation) ?? 0,
    terminating: text(metadata.deletionTimestamp) !== undefined,
    labels: fields(metadata.labels),
    annotations: fields(metadata.annotations),
    managers: list(metadata.managedFields).map(fieldManager),
    spec: fields(whole.spec),
    status: fields(whole.status),
    whole,
  };
}

function fieldManager(sent: unknown): FieldManager {
  const entry = fields(sent);
  return {
    manager: text(entry.manager) ?? '',
    subresource: text(entry.subresource) ?? '',
    time: text(entry.time) ?? '',
    fields: fields(entry.fieldsV1),
  };
}

export function condition(object: ClusterObject, type: string): Condition | undefined {
  for (const sent of list(object.status.conditions)) {
    const found = fields(sent);
    if (found.type !== type) continue;
    return {
      type,
      status: text(found.status) ?? '',
      reason: text(found.reason) ?? '',
      message: text(found.message) ?? '',
    };
  }
  return undefined;
}

export function fields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string that says something, or undefined. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** What a JSON text says, or undefined of what is none. */
export function json(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
