import { openAdmin, type Reach } from './admin.ts';
import { collection } from './manifest.ts';
import { follow, type Line, type Sent } from './rawFollow.ts';

/**
 * What happened, by a list and watch that shares no code with the product: what the product's
 * events are compared with.
 */
export interface RawWatch {
  lines: readonly Line[];
  /** The object as it is now, or undefined where there is none. */
  now: (kind: string, namespace: string, name: string) => Sent | undefined;
  /** Every state of an object since then, oldest first. */
  states: (kind: string, namespace: string, name: string, since?: number) => Sent[];
  /** Resolves with the first line, of those there are or come, that fits; seconds. */
  sees: (what: string, fits: (line: Line) => boolean, limit?: number) => Promise<Line>;
  stop: () => void;
}

const KINDS: Readonly<Record<string, string>> = {
  GitRepository: 'source.toolkit.fluxcd.io/v1',
  HelmRepository: 'source.toolkit.fluxcd.io/v1',
  HelmChart: 'source.toolkit.fluxcd.io/v1',
  Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
  HelmRelease: 'helm.toolkit.fluxcd.io/v2',
  Receiver: 'notification.toolkit.fluxcd.io/v1',
  Deployment: 'apps/v1',
  Event: 'v1',
};
/** @returns when every kind has been listed */
export async function watchRaw(reach: Reach): Promise<RawWatch> {
  const admin = openAdmin(reach);
  const lines: Line[] = [];
  const waiting = new Set<(line: Line) => void>();
  const ended = new AbortController();
  const write = (line: Line) => {
    lines.push(line);
    for (const look of waiting) look(line);
  };
  await Promise.all(
    Object.entries(KINDS).map(([kind, version]) =>
      follow({ admin, kind, path: collection(version, kind), write, signal: ended.signal }),
    ),
  );
  const states = (kind: string, namespace: string, name: string, since = 0) =>
    lines
      .filter((line) => line.kind === kind && line.at >= since)
      .flatMap(({ object }) => object ?? [])
      .filter(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  return {
    lines,
    states,
    now: (kind, namespace, name) => latest(lines, kind, namespace, name),
    sees(what, fits, limit = 60) {
      const already = lines.find(fits);
      if (already) return Promise.resolve(already);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`Within ${limit} s there was not ${what}`));
        }, limit * 1000);
        const look = (line: Line) => {
          if (!fits(line)) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
      });
    },
    stop() {
      ended.abort();
      admin.close();
    },
  };
}

function latest(
  lines: readonly Line[],
  kind: string,
  namespace: string,
  name: string,
): Sent | undefined {
  // A list tells what is there; what an older line told of is gone.
  const ofKind = lines.filter((line) => line.kind === kind);
  const listed = ofKind.findLastIndex(({ type }) => type === 'LISTED');
  const begun = ofKind.findLastIndex(({ type }, index) => index < listed && type !== 'LIST') + 1;
  const last = ofKind
    .slice(begun)
    .findLast(
      ({ object }) => object?.metadata.name === name && object.metadata.namespace === namespace,
    );
  return last?.type === 'DELETED' ? undefined : last?.object;
}
