import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Mistake, reasonOf, systemCode } from '../mistake.ts';
import { stateDirectory } from '../state.ts';
import { type Pristine, parsePristine } from './pristine.ts';

/** A demo that `demo up` has begun: what must be known to go on with it. Holds secrets. */
export interface Demo {
  /** Where it lies; never on a wire or in a log. */
  folder: string;
  /** Names its Git host among whatever else listens on this machine. */
  id: string;
  /** kind's name for the cluster. */
  cluster: string;
  /** Whether kind has made the cluster to its end. */
  made: boolean;
  /** The Git host's. */
  port: number;
  pushToken: string;
  /** What webhooks are signed with. */
  hookSecret: string;
  nodeImage: string;
  appImage: string;
  /** Images that Docker did not have before. */
  pulled: readonly string[];
  /** Whether Docker's network `kind` is there because of this demo. */
  madeNetwork: boolean;
  /** What `demo reset` goes back to; there when `demo up` has come to its end. */
  pristine?: Pristine;
}

/** Next to the talk's own port, out of the way of well-known ones. */
export const GIT_PORT = 4380;
/** The repository's name in its URL. */
export const REPOSITORY = 'app.git';

/** Where the demo of this user lies. */
export function demoFolder(): string {
  return path.join(stateDirectory(), 'demo');
}

/** Where the parts of a demo lie. */
export function places(folder: string) {
  return {
    file: path.join(folder, 'demo.json'),
    kubeconfig: path.join(folder, 'kubeconfig'),
    /** Of bare repositories. */
    git: path.join(folder, 'git'),
    repository: path.join(folder, 'git', REPOSITORY),
    /** The speaker's working copy. */
    copy: path.join(folder, 'app'),
    credentials: path.join(folder, 'git-credentials'),
    images: path.join(folder, 'images'),
  };
}

export function beginDemo(
  folder: string,
  { cluster, nodeImage, appImage }: Pick<Demo, 'cluster' | 'nodeImage' | 'appImage'>,
): Demo {
  return {
    folder,
    id: randomBytes(9).toString('base64url'),
    cluster,
    made: false,
    port: GIT_PORT,
    pushToken: randomBytes(24).toString('base64url'),
    hookSecret: randomBytes(24).toString('base64url'),
    nodeImage,
    appImage,
    pulled: [],
    madeNetwork: false,
  };
}

/** Undefined when `demo up` was never run here, or what it wrote can't be read any more. */
export async function readDemo(folder: string): Promise<Demo | undefined> {
  const text = await readFile(places(folder).file, 'utf8').catch(() => '');
  return parseDemo(folder, text);
}

/** Readable by its owner alone; there whole or not at all. */
export async function writeDemo({ folder, ...kept }: Demo): Promise<void> {
  const { file } = places(folder);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // An older folder may have been made with other rights.
    await chmod(folder, 0o700);
    await writeFile(`${file}.new`, `${JSON.stringify(kept, undefined, 2)}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
  } catch (error) {
    throw new Mistake(
      `The demo can't be written to ${folder}: ${reasonOf(error)}${systemCode(error) === 'EACCES' ? '. Is it yours?' : '.'}`,
    );
  }
}

export function parseDemo(folder: string, text: string): Demo | undefined {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const kept: Record<string, unknown> = { ...value };
  const { id, cluster, port, pushToken, hookSecret, nodeImage, appImage } = kept;
  if (!isText(id) || !isText(cluster) || !isPort(port)) return undefined;
  if (!isText(pushToken) || !isText(hookSecret)) return undefined;
  if (!isText(nodeImage) || !isText(appImage)) return undefined;
  const pristine = parsePristine(kept.pristine);
  return {
    folder,
    id,
    cluster,
    made: kept.made === true,
    port,
    pushToken,
    hookSecret,
    nodeImage,
    appImage,
    pulled: Array.isArray(kept.pulled) ? kept.pulled.filter(isText) : [],
    madeNetwork: kept.madeNetwork === true,
    ...(pristine && { pristine }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 65536;
}
