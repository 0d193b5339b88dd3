import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { applyObject } from '../../server/demo/apiObject.ts';
import { fluxManifests, PATHS } from '../../server/demo/manifests.ts';
import { ALONE, findReach, type Reach } from '../../server/demo/reach.ts';
import { headOf, initRepository } from '../../server/demo/repository.ts';
import { run } from '../../server/demo/run.ts';
import { beginDemo, type Demo, places, readDemo, writeDemo } from '../../server/demo/state.ts';
import { connectCopy } from '../../server/demo/workingCopy.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { until } from './patience.ts';
import { freePorts } from './port.ts';
import type { Stack } from './stack.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const APP = path.join(ROOT, 'assets/demo/app');

/** What `demo up` leaves, with a state of the test's own. */
export interface TestDemo {
  demo: Demo;
  /** That its repository begins with. */
  revision: string;
  /** Where the program remembers it. */
  state: string;
  /** How the cluster reaches its Git host. */
  reach: Reach;
  /** For a process that opens its Git host. */
  env: NodeJS.ProcessEnv;
  /** Has Flux follow it, as `demo up` does. */
  follow: () => Promise<void>;
  /** Leaves the cluster as it was found. */
  leave: () => Promise<void>;
}

/** @param name of the test, for its state */
export async function takeDemo(stack: Stack, name: string): Promise<TestDemo> {
  const state = path.join(stack.folder, name);
  return stack.demo === undefined ? makeDemo(stack, state) : borrowDemo(stack, stack.demo, state);
}

/** All that `demo up` writes on this machine but the images, for a cluster that it did not make. */
async function makeDemo(stack: Stack, state: string): Promise<TestDemo> {
  const { server, ca, token } = stack.reach;
  if (token === undefined) throw new Error('The cluster’s own programs have no token');
  const [port = 0] = await freePorts(1);
  const folder = folderIn(state);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = { cluster: 'tests', nodeImage: 'none', appImage: 'podinfo:1' };
  const demo = { ...beginDemo(folder, names), port, made: true };
  await writeDemo(demo);
  const authority = path.join(state, 'ca.crt');
  await writeFile(authority, ca);
  await writeKubeconfig(places(folder).kubeconfig, { server, authority, user: { token } });
  return {
    demo,
    revision: await initRepository(demo, APP),
    state,
    reach: ALONE,
    // Flux is no container here: Docker's networks, if there are any, lead nowhere.
    env: { DOCKER_HOST: 'unix:///nowhere' },
    follow: () => follow(stack, demo, ALONE),
    leave: () => forgetDemo(stack),
  };
}

/** The demo that `demo up` made, as it left it; its own Git history and working copy stay as they are. */
async function borrowDemo(stack: Stack, lent: string, state: string): Promise<TestDemo> {
  const folder = folderIn(state);
  const { images } = places(lent);
  await cp(lent, folder, { recursive: true, filter: (file) => file !== images });
  const demo = await readDemo(folder);
  if (!demo?.pristine) throw new Error('`fluxdeck demo up` has not come to its end');
  await connectCopy(demo);
  const reach = await findReach(run, process.platform);
  const reset = () => resetDemo(state);
  await follow(stack, demo, reach);
  await reset();
  const revision = await headOf(demo);
  if (revision === undefined) throw new Error('The demo has no Git history');
  return {
    demo,
    revision,
    state,
    reach,
    env: {},
    follow: () => follow(stack, demo, reach),
    leave: reset,
  };
}

/** `fluxdeck demo reset`, as typed. */
async function resetDemo(state: string): Promise<void> {
  const { code, err } = await run(process.execPath, ['server/cli.ts', 'demo', 'reset'], {
    cwd: ROOT,
    env: { ...process.env, XDG_STATE_HOME: state },
    timeout: 180_000,
  });
  if (code !== 0) throw new Error(`The demo can't be reset: ${err}`);
}

async function follow({ admin }: Stack, demo: Demo, reach: Reach): Promise<void> {
  for (const manifest of fluxManifests(demo, reach)) await applyObject(admin.ask, manifest);
}

/** Takes the demo's objects away, and waits until Flux has taken the app away with them. */
export async function forgetDemo({ admin }: Pick<Stack, 'admin'>): Promise<void> {
  for (const place of [PATHS.kustomization, PATHS.receiver, PATHS.gitRepository, PATHS.secret]) {
    await admin.ask({ method: 'DELETE', path: place });
  }
  for (const place of [PATHS.kustomization, PATHS.namespace]) {
    await until(`${place} to be gone`, async () => {
      const { status } = await admin.ask({ method: 'GET', path: place });
      return status === 404;
    });
  }
}

function folderIn(state: string): string {
  return path.join(state, 'fluxdeck', 'demo');
}
