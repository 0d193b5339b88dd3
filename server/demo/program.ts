import { Mistake } from '../mistake.ts';
import type { Ran, Run } from './run.ts';
import { PROGRAMS, versionIn } from './versions.ts';

/** What the machine's Docker is. */
export interface Docker {
  version: string;
  /** As in `linux/amd64`. */
  platform: string;
  /** Images lie in containerd's store, which `kind load docker-image` can't read whole. */
  containerd: boolean;
}

export interface Programs {
  docker: Docker;
  kind: string;
  flux: string;
  git: string;
}

const LIMIT = { timeout: 20_000 };

const HOMES = {
  docker: 'https://docs.docker.com/get-docker/',
  kind: 'https://kind.sigs.k8s.io/docs/user/quick-start/#installation',
  flux: 'https://fluxcd.io/flux/installation/#install-the-flux-cli',
  git: 'https://git-scm.com/downloads',
} as const;

/** @throws a Mistake that names every program that is missing, silent or of another version */
export async function checkPrograms(run: Run): Promise<Programs> {
  const [info, kind, flux, git] = await Promise.all([
    run('docker', ['info', '--format', '{{json .}}'], LIMIT),
    run('kind', ['version', '--quiet'], LIMIT),
    run('flux', ['--version'], LIMIT),
    run('git', ['--version'], LIMIT),
  ]);
  const troubles: string[] = [];
  const found = {
    docker: orTrouble(() => readDocker(info), troubles),
    kind: orTrouble(() => readVersion('kind', kind, PROGRAMS.kind), troubles),
    flux: orTrouble(() => readVersion('flux', flux, PROGRAMS.flux), troubles),
    git: orTrouble(() => readVersion('git', git), troubles),
  };
  if (areAllThere(found)) return found;
  throw new Mistake(troubles.join('\n'));
}

/** Somebody who installs programs wants to hear of all at once. */
function orTrouble<Found>(read: () => Found, troubles: string[]): Found | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    troubles.push(error.message);
    return undefined;
  }
}

function areAllThere(
  found: {
    [Name in keyof Programs]: Programs[Name] | undefined;
  },
): found is Programs {
  return Object.values(found).every((each) => each !== undefined);
}

/** What `docker info --format '{{json .}}'` said. @throws a Mistake when Docker can't be used */
export function readDocker(ran: Ran): Docker {
  present('docker', ran);
  const info = parse(ran.out);
  const { ServerVersion, OSType, Architecture, DriverStatus } = info;
  if (ran.code !== 0 || typeof ServerVersion !== 'string' || ServerVersion === '') {
    throw new Mistake(whyDockerIsSilent(`${ran.err} ${JSON.stringify(info.ServerErrors ?? '')}`));
  }
  if (OSType !== 'linux') {
    throw new Mistake('Docker runs Windows containers. Switch it to Linux containers.');
  }
  return {
    version: ServerVersion,
    platform: `linux/${ARCHITECTURES[String(Architecture)] ?? String(Architecture)}`,
    containerd: JSON.stringify(DriverStatus ?? '').includes('io.containerd.snapshotter'),
  };
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' };

function whyDockerIsSilent(said: string): string {
  if (/permission denied/i.test(said)) {
    return 'Docker refuses you. On Linux: sudo usermod -aG docker $USER, then log in again.';
  }
  return 'Docker is there but does not answer. Start Docker Desktop, or on Linux: sudo systemctl start docker';
}

/** @param wanted the first two numbers that it has to have */
export function readVersion(name: 'kind' | 'flux' | 'git', ran: Ran, wanted?: string): string {
  present(name, ran);
  const version = versionIn(ran.out);
  if (ran.code !== 0 || !version) {
    throw new Mistake(`${name} is there but does not tell its version: ${ran.err.trim()}`);
  }
  if (wanted !== undefined && version.minor !== wanted) {
    throw new Mistake(
      `${name} is version ${version.whole}; the demo was tried with ${wanted}, any ${wanted}.x is fine. Get one: ${HOMES[name]}`,
    );
  }
  return version.whole;
}

function present(name: keyof typeof HOMES, { code }: Ran): void {
  if (code === 127) {
    throw new Mistake(`The demo needs ${name}, and there is no such program here: ${HOMES[name]}`);
  }
  if (code === 124) throw new Mistake(`${name} does not answer. Does it hang? Try it by hand.`);
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
