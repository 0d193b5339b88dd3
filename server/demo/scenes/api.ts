import { kind, name } from '../../../src/shared/words.ts';
import type { ApiAnswer, ApiRequest, AskApi } from '../../api.ts';
import { title } from './standing.ts';

/** Who the API server writes down as the one who did it. */
const MANAGER = 'fluxdeck';

const APIS: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
  HelmRelease: 'helm.toolkit.fluxcd.io/v2',
};

/** @throws in words */
export function remove(ask: AskApi, key: string): Promise<void> {
  const body = JSON.stringify({ kind: 'DeleteOptions', propagationPolicy: 'Background' });
  return demand(ask, { method: 'DELETE', path: pathOf(key), body }, `delete ${title(key)}`);
}

/** As `kubectl scale` does: through the subresource. @throws in words */
export function scale(ask: AskApi, key: string, replicas: number): Promise<void> {
  return patch(ask, `${pathOf(key)}/scale`, { spec: { replicas } }, `scale ${title(key)}`);
}

/** As `flux suspend` and `flux resume` do. @throws in words */
export function suspend(ask: AskApi, key: string, suspended: boolean): Promise<void> {
  const spec = { suspend: suspended };
  const what = `${suspended ? 'suspend' : 'resume'} ${title(key)}`;
  return patch(ask, pathOf(key), { spec }, what);
}

function patch(ask: AskApi, path: string, change: object, what: string): Promise<void> {
  const request: ApiRequest = {
    method: 'PATCH',
    path: `${path}?fieldManager=${MANAGER}`,
    body: JSON.stringify(change),
    type: 'application/merge-patch+json',
  };
  return demand(ask, request, what);
}

async function demand(ask: AskApi, request: ApiRequest, what: string): Promise<void> {
  const answer = await ask(request).catch(() => undefined);
  if (!answer) throw new Error(`The cluster does not answer, so it can’t ${what}.`);
  if (answer.status >= 300) throw new Error(refusalOf(answer, what));
}

/** The API server's own words may name the speaker: ours do not. */
function refusalOf({ status }: ApiAnswer, what: string): string {
  switch (status) {
    case 401:
      return `The cluster does not know us, so we can’t ${what}. Log in again.`;
    case 403:
      return `The cluster does not let us ${what}. A scene needs more than read access.`;
    case 404:
      return `We can’t ${what}: it is not there. “fluxdeck demo reset” brings it back.`;
    default:
      return `We can’t ${what}: the API server answered ${status}. Try it again.`;
  }
}

function pathOf(key: string): string {
  const [, namespace = ''] = key.split('/');
  const plural = `${kind(key).toLowerCase()}s`;
  return `/apis/${APIS[kind(key)] ?? 'apps/v1'}/namespaces/${namespace}/${plural}/${name(key)}`;
}
