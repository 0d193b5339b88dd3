import { after } from 'node:test';
import type { Observation, Watched } from '../../../server/cluster/observation.ts';
import { accessOpener } from '../../../server/cluster/watch/access.ts';
import { type ClusterWatch, watchCluster } from '../../../server/cluster/watch/cluster.ts';
import { KINDS, type WatchedKind } from '../../../server/cluster/watch/kinds.ts';
import type { Health, Seconds } from '../../../src/shared/flow.ts';
import type { ApiServer } from './apiServer.ts';

/** A watch under test, and all that it has told. */
export interface Watching extends ClusterWatch {
  observed: Watched[];
  healths: { at: Seconds; health: Health }[];
  logged: string[];
  clock: () => Seconds;
  /** Resolves once this holds: asked again whenever something was told. */
  until: (what: () => boolean) => Promise<void>;
  /** As words: `ADDED shop`. Bookmarks left out. */
  words: (kind: string) => string[];
  health: () => Health | undefined;
}

export interface Settings {
  kinds?: readonly WatchedKind[];
  files?: string[];
  /** Seconds by which the clock is ahead. */
  ahead?: () => Seconds;
  onObservation?: (observation: Observation) => void;
}

export function kindsNamed(...names: string[]): WatchedKind[] {
  return KINDS.filter(({ kind }) => names.includes(kind));
}

export function watching(api: ApiServer, settings: Settings = {}): Watching {
  const { kinds = kindsNamed('GitRepository', 'Kustomization'), ahead = () => 0 } = settings;
  const begun = Date.now();
  const clock = () => (Date.now() - begun) / 1000 + ahead();
  const waiting = new Set<() => void>();
  const told = () => {
    for (const again of waiting) again();
  };
  const observed: Watched[] = [];
  const healths: Watching['healths'] = [];
  const logged: string[] = [];
  const watch = watchCluster({
    open: accessOpener({ files: settings.files ?? [api.kubeconfig] }),
    kinds,
    clock,
    schedule: (seconds, run) => {
      const timer = setTimeout(run, seconds * 1000);
      return () => clearTimeout(timer);
    },
    onObservation: (observation) => {
      if (observation.type === 'watch') observed.push(observation);
      told();
      settings.onObservation?.(observation);
    },
    onHealth: (health) => {
      healths.push({ at: clock(), health });
      told();
    },
    log: (line) => logged.push(line),
  });
  after(watch.stop);
  return {
    ...watch,
    observed,
    healths,
    logged,
    clock,
    health: () => healths.at(-1)?.health,
    words: (kind) =>
      observed
        .filter((each) => each.kind === kind && each.change !== 'BOOKMARK')
        .map(({ change, object }) => `${change} ${nameOf(object)}`.trim()),
    until: (what) =>
      new Promise((resolve) => {
        const check = () => {
          if (!what()) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
}

/** Begins a watch and waits until it is live. */
export async function watchingLive(api: ApiServer, settings: Settings = {}): Promise<Watching> {
  const watch = watching(api, settings);
  await watch.until(() => watch.health()?.state === 'live');
  return watch;
}

function nameOf(object: unknown): string {
  const metadata = typeof object === 'object' && object && 'metadata' in object && object.metadata;
  const name = typeof metadata === 'object' && metadata && 'name' in metadata && metadata.name;
  return typeof name === 'string' ? name : '';
}
