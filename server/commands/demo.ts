import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { AskApi } from '../api.ts';
import { ROOT } from '../cache.ts';
import { DEFAULTS } from '../demo/begin.ts';
import { byHand } from '../demo/byHand.ts';
import { down } from '../demo/down.ts';
import { fluxManifests, kindConfig } from '../demo/manifests.ts';
import { resetDemo } from '../demo/reset.ts';
import { run } from '../demo/run.ts';
import { openDemo } from '../demo/running.ts';
import { beginDemo, type Demo, demoFolder, places, readDemo } from '../demo/state.ts';
import { demoStatus } from '../demo/status.ts';
import { type Step, up } from '../demo/up.ts';
import { keptTalks } from '../http/talk.ts';
import type { Io } from '../io.ts';
import { Mistake } from '../mistake.ts';
import { stateDirectory } from '../state.ts';
import { type Connector, connector } from './connector.ts';

export interface DemoUpOptions {
  name?: string;
  nodeImage?: string;
  appImage?: string;
  print?: boolean;
  json?: boolean;
}

const APP = path.join(ROOT, 'assets', 'demo', 'app');

/** Makes the demo's cluster, or goes on where an earlier try was interrupted. */
export async function demoUp(options: DemoUpOptions, io: Io): Promise<void> {
  const folder = demoFolder();
  const { name, nodeImage, appImage } = options;
  const given = {
    ...(name !== undefined && { cluster: clusterName(name) }),
    ...(nodeImage !== undefined && { nodeImage }),
    ...(appImage !== undefined && { appImage }),
  };
  if (options.print) {
    io.out(printed(beginDemo(folder, { ...DEFAULTS, ...given })));
    return;
  }
  const began = performance.now();
  const connection = connector();
  try {
    const demo = await up({
      folder,
      given,
      app: APP,
      run,
      connect: (kubeconfig) => connection.to({ files: [kubeconfig] }),
      onStep: (step) => tellStep(step, io),
    });
    const { copy, kubeconfig } = places(folder);
    const seconds = Math.round((performance.now() - began) / 1000);
    const { cluster, pristine } = demo;
    if (options.json) {
      io.out(JSON.stringify({ cluster, copy, kubeconfig, revision: pristine?.revision, seconds }));
      return;
    }
    io.out(
      [
        `The demo is up (${seconds} s). \`npm start\` presents with it.`,
        'While it does, all this may be typed in another terminal:',
        ...indented(byHand(folder)),
      ].join('\n'),
    );
  } finally {
    connection.close();
  }
}

/** Takes away everything that `demo up` made. */
export async function demoDown(
  options: { keepImages?: boolean; json?: boolean },
  io: Io,
): Promise<void> {
  const done = await down({ folder: demoFolder(), run, keepImages: options.keepImages === true });
  const stays = await remembered();
  if (options.json) {
    io.out(JSON.stringify({ removed: done, stays }));
    return;
  }
  const taken = done.length === 0 ? ['There was no demo.'] : ['Taken away:', ...indented(done)];
  const left = stays.length === 0 ? [] : [`Of your talks there stays: ${stays.join(', ')}`];
  io.out([...taken, ...left].join('\n'));
}

/** What is no part of the demo and lies beside it, if it is there. */
async function remembered(): Promise<string[]> {
  const state = stateDirectory();
  const runs = path.join(state, 'runs');
  const hasRuns = (await readdir(runs).catch(() => [])).length > 0;
  const hasTalks = (await keptTalks(state)).length > 0;
  return [
    ...(hasRuns ? [`recorded runs (${runs})`] : []),
    ...(hasTalks ? [`addresses and tokens (${path.join(state, '*.json')})`] : []),
  ];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** @returns the exit code: 0 when the demo is as `demo up` left it */
export async function demoStatusCommand(options: { json?: boolean }, io: Io): Promise<number> {
  const demo = await readDemo(demoFolder());
  const connection = connector();
  try {
    const status = await demoStatus(demo, askOf(demo, connection));
    if (options.json) io.out(JSON.stringify(status));
    else if (status.state === 'pristine') io.out('The demo is pristine.');
    else if (status.state === 'used') {
      const reasons = status.why.map((why) => `  ${why}`);
      io.out(['The demo is used:', ...reasons, '`fluxdeck demo reset` brings it back.'].join('\n'));
    } else io.out(status.why.join('\n'));
    return status.state === 'pristine' ? 0 : 1;
  } finally {
    connection.close();
  }
}

/** Brings the demo back to what `demo up` left, whether or not a talk is open. */
export async function demoReset(options: { json?: boolean }, io: Io): Promise<void> {
  const demo = await readDemo(demoFolder());
  if (!demo) throw new Mistake('There is no demo. `fluxdeck demo up` makes one.');
  const began = performance.now();
  const connection = connector();
  try {
    const ask = askOf(demo, connection);
    const running = await openDemo(demo, ask, { onHappened: () => undefined });
    try {
      const done = await resetDemo(demo, ask, running.reach);
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      if (options.json) io.out(JSON.stringify({ done, seconds }));
      else if (done.length === 0) io.out('The demo was pristine already.');
      else io.out([...done, `The demo is pristine again (${seconds} s).`].join('\n'));
    } finally {
      await running.close();
    }
  } finally {
    connection.close();
  }
}

/** A kubeconfig that is not there yet, or not any more, is a cluster that does not answer. */
function askOf(demo: Demo | undefined, { to }: Connector): AskApi {
  const kubeconfig = demo && places(demo.folder).kubeconfig;
  if (kubeconfig !== undefined && existsSync(kubeconfig)) return to({ files: [kubeconfig] });
  return () => Promise.reject(new Error('There is no kubeconfig'));
}

function clusterName(name: string): string {
  if (/^[a-z0-9][a-z0-9.-]{0,40}$/.test(name)) return name;
  throw new Mistake(`A cluster's name has lower-case letters, digits, - and ., unlike ${name}.`, 2);
}

/** Steps go to the error stream: what they lead to is the result. */
function tellStep({ name, seconds, detail }: Step, io: Io): void {
  if (seconds === undefined) {
    if (SLOW.has(name)) io.err(`${name} …`);
    return;
  }
  const [first = '', ...rest] = (detail ?? '').split('\n');
  io.err(`${name.padEnd(24)}${seconds.toFixed(1).padStart(6)} s  ${first}`.trimEnd());
  for (const line of rest) io.err(`  ${line}`);
}

/** Those that somebody who waits wants to hear of beforehand. */
const SLOW = new Set(['images', 'kind cluster', 'images into the cluster', 'Flux', 'first sync']);

/** What `demo up` would make, with nothing made and no secret told. JSON is YAML. */
function printed(demo: Demo): string {
  const shown = { ...demo, hookSecret: '(random)' };
  const reach = { host: '(the gateway of Docker’s network kind)', addresses: [], networks: [] };
  const objects = fluxManifests(shown, reach).map(({ object }) => JSON.stringify(object, null, 2));
  return [
    `# kind create cluster --name ${demo.cluster} --config -`,
    kindConfig(demo).trimEnd(),
    `# flux install, then in the cluster; the app itself: ${APP}`,
    ...objects,
  ].join('\n---\n');
}
