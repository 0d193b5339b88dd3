import type { AskApi } from '../api.ts';
import { at, parsed } from './apiValue.ts';
import { type Finding, failure, ok, warning } from './check.ts';

/** Something that we mean to do in the cluster. */
export interface Wish {
  verb: 'list' | 'watch' | 'delete' | 'patch' | 'create';
  group: string;
  resource: string;
  subresource?: string;
  /** Absent: in all of them. */
  namespace?: string;
  name?: string;
}

export interface PermissionFacts {
  /** Refused in all namespaces, and in our own too. */
  unseen: readonly string[];
  /** Allowed in our own namespace only. */
  narrow: readonly string[];
  /** How many kinds are watched. */
  kinds: number;
  /** What scenes do and may not. */
  forbidden: readonly string[];
}

/** Asked of the API server's authorizer: nothing is tried. */
export async function readPermissions(
  ask: AskApi,
  kinds: readonly { kind: string; group: string; plural: string }[],
  scenes: readonly Wish[],
  namespace: string | undefined,
): Promise<PermissionFacts> {
  const seen = await Promise.all(
    kinds.map(async ({ kind, group, plural }) => {
      if (await maySee(ask, group, plural)) return { kind, where: 'all' };
      const within = namespace !== undefined && (await maySee(ask, group, plural, namespace));
      return { kind, where: within ? 'own' : 'none' };
    }),
  );
  const of = (where: string) => seen.filter((each) => each.where === where).map(({ kind }) => kind);
  const done = await Promise.all(
    scenes.map(async (wish) => ((await may(ask, wish)) ? [] : [inWords(wish)])),
  );
  return { unseen: of('none'), narrow: of('own'), kinds: kinds.length, forbidden: done.flat() };
}

async function maySee(
  ask: AskApi,
  group: string,
  resource: string,
  namespace?: string,
): Promise<boolean> {
  const where = namespace === undefined ? {} : { namespace };
  const both = await Promise.all(
    (['list', 'watch'] as const).map((verb) => may(ask, { verb, group, resource, ...where })),
  );
  return both.every(Boolean);
}

async function may(ask: AskApi, wish: Wish): Promise<boolean> {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: wish },
  };
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  const { body } = await ask({ method: 'POST', path, body: JSON.stringify(review) });
  return at(parsed(body), 'status', 'allowed') === true;
}

function inWords({ verb, resource, subresource }: Wish): string {
  return `${verb} ${[resource, subresource].filter(Boolean).join('/')}`;
}

const ROLE = 'kubectl apply -f assets/cluster/viewer.yaml, and bind it as that file says';

export function judgePermissions({ unseen, narrow, kinds, forbidden }: PermissionFacts): Finding {
  if (unseen.length === kinds) return failure('nothing in the cluster may be watched', ROLE);
  if (forbidden.length > 0) {
    return failure(`scenes may not ${forbidden.join(', ')}`, 'fluxdeck demo up');
  }
  if (unseen.length > 0) {
    return warning(`${unseen.join(', ')} may not be watched, and will look stale`, ROLE);
  }
  if (narrow.length > 0) return warning('only one namespace may be watched', ROLE);
  return ok(`all ${kinds} kinds may be watched`);
}
