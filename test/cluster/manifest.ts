/** Where Flux's own objects are, and by custom those that it follows. */
export const FLUX_NAMESPACE = 'flux-system';

/** A Kubernetes object, as far as the harness looks into it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; [field: string]: unknown };
  [field: string]: unknown;
}

/** Where an API server has the objects of a kind: `/apis/apps/v1/namespaces/NS/deployments`. */
export function collection(apiVersion: string, kind: string, namespace?: string): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const within = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `${root}${within}/${pluralOf(kind)}`;
}

/** Where an API server has this object. */
export function addressOf({ apiVersion, kind, metadata }: Manifest): string {
  return `${collection(apiVersion, kind, metadata.namespace)}/${metadata.name}`;
}

function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  return name.endsWith('s') ? name : `${name.replace(/y$/, 'ie')}s`;
}
