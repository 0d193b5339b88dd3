import type { AskApi } from '../api.ts';
import { at, itemsOf, parsed, textAt } from './apiValue.ts';
import { type Finding, failure, ok, skipped, warning } from './check.ts';

export interface Controller {
  name: string;
  /** Of its image. */
  version: string;
  ready: boolean;
}

export interface FluxFacts {
  /** Undefined where we may not look. */
  controllers: readonly Controller[] | undefined;
  /** Whether the cluster knows Flux's kinds. */
  kinds: boolean;
  /** Flux's own version, where it tells. */
  version?: string;
  /** Those that there have to be. */
  wanted: readonly string[];
  demo: boolean;
}

const KINDS = '/apis/kustomize.toolkit.fluxcd.io';
const LIST = '/apis/apps/v1/deployments?labelSelector=app.kubernetes.io%2Fpart-of%3Dflux';

/** @param wanted the controllers that there have to be */
export async function readFlux(
  ask: AskApi,
  { wanted, demo }: Pick<FluxFacts, 'wanted' | 'demo'>,
): Promise<FluxFacts> {
  const [{ status, body }, group] = await Promise.all([
    ask({ method: 'GET', path: LIST }),
    ask({ method: 'GET', path: KINDS }),
  ]);
  const about = { kinds: group.status === 200, wanted, demo };
  if (status !== 200) return { controllers: undefined, ...about };
  const deployments = itemsOf(parsed(body));
  const version = deployments
    .map((each) => textAt(each, 'metadata', 'labels', 'app.kubernetes.io/version'))
    .find(Boolean);
  return {
    controllers: deployments.map(controllerOf).filter(({ name }) => name.endsWith('-controller')),
    ...(version !== undefined && { version }),
    ...about,
  };
}

function controllerOf(deployment: unknown): Controller {
  const image = textAt(deployment, 'spec', 'template', 'spec', 'containers', 0, 'image') ?? '';
  return {
    name: textAt(deployment, 'metadata', 'name') ?? '',
    version: /:([^/:@]+)(?:@.*)?$/.exec(image)?.[1] ?? 'of an unknown version',
    ready: Number(at(deployment, 'status', 'readyReplicas') ?? 0) > 0,
  };
}

export function judgeFlux({ controllers, kinds, version, wanted, demo }: FluxFacts): Finding {
  if (!controllers) return skipped('its controllers may not be looked at');
  const missing = wanted.filter((name) => !controllers.some((each) => each.name === name));
  const idle = controllers.filter(({ ready }) => !ready).map(({ name }) => name);
  const install = demo ? 'fluxdeck demo up' : 'flux check; flux install';
  if (controllers.length === 0 && kinds && !demo) {
    return warning(
      'the cluster knows its kinds, but its controllers are not to be found',
      'flux check',
    );
  }
  if (controllers.length === 0) return failure('Flux is not installed', install);
  if (missing.length > 0) return failure(`${missing.join(', ')} is not installed`, install);
  if (idle.length > 0) {
    const look = 'See why: kubectl --namespace flux-system get pods';
    return failure(`${idle.join(', ')} does not run`, demo ? `${install}. ${look}` : look);
  }
  const all = controllers.map((each) => `${each.name.replace('-controller', '')} ${each.version}`);
  return ok(`Flux${version === undefined ? '' : ` ${version}`}: ${all.join(', ')}`);
}
