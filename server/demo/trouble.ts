import { Mistake } from '../mistake.ts';
import type { Ran } from './run.ts';

/** What kind, docker and flux say when they fail, and what that means. First match wins. */
const TROUBLES: readonly [pattern: RegExp, words: string][] = [
  [
    /failed to pull image|pull access denied|manifest unknown|not found: manifest/i,
    'The image can’t be had: no network, or the registry does not have it. `docker images` names those that are here; --node-image and --app-image take another.',
  ],
  [
    /toomanyrequests|rate limit/i,
    'The registry gives no more images to this address for now (its rate limit). Log in (docker login), or pull them elsewhere beforehand.',
  ],
  [
    /no such host|i\/o timeout|network is unreachable|connection refused.*registry|TLS handshake timeout|dial tcp/i,
    'There is no network, or it does not let Docker through. `demo up` needs it once; after that it works without.',
  ],
  [
    /content digest sha256:\S+: not found/i,
    'Docker’s containerd image store has only a part of the image. Run: docker pull --platform linux/amd64 IMAGE (or linux/arm64), then `demo up` again.',
  ],
  [
    /too many open files|inotify/i,
    'The system allows too few inotify watches. Run: sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512',
  ],
  [/no space left on device/i, 'The disk is full. `docker system df` tells what Docker keeps.'],
  [
    /node\(s\) already exist for a cluster with the name/i,
    'There is a kind cluster of this name already. `fluxdeck demo down` takes it away if it is the demo’s.',
  ],
  [
    /port is already allocated|address already in use/i,
    'A port that the cluster needs is taken. `docker ps` tells by whom if it is a container.',
  ],
  [
    /could not find a log line that matches|failed to init node|kubeadm|cgroup/i,
    'The node does not come up. Does Docker have memory enough (4 GB)? Is the node image made for this kind?',
  ],
  [
    /cannot connect to the docker daemon|is the docker daemon running/i,
    'Docker does not answer. Start Docker Desktop, or on Linux: sudo systemctl start docker',
  ],
];

/** Undefined when nobody has told us what it means. */
export function meaningOf(said: string): string | undefined {
  return TROUBLES.find(([pattern]) => pattern.test(said))?.[1];
}

/** @param what it was to do, as in `kind could not make the cluster` */
export function explain(what: string, ran: Ran): Mistake {
  if (ran.code === 124) return new Mistake(`${what}: it took too long.`);
  const said = `${ran.err}\n${ran.out}`;
  const line = telling(said);
  const meaning = meaningOf(said);
  return new Mistake([`${what}: ${line}`, meaning].filter(Boolean).join('\n'));
}

/** The line that says most. */
function telling(said: string): string {
  const lines = said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.find((line) => /error|fail|✗/i.test(line)) ?? lines.at(-1) ?? 'it said nothing.';
}
