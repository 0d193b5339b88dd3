import { Mistake } from '../mistake.ts';
import { deleteCluster, hasCluster } from './kind.ts';
import { headOf } from './repository.ts';
import type { Run } from './run.ts';
import { beginDemo, type Demo, readDemo, writeDemo } from './state.ts';
import { APP_IMAGE, NODE_IMAGE, tagOf } from './versions.ts';

/** What a demo is made with. */
export type Choice = Pick<Demo, 'cluster' | 'nodeImage' | 'appImage'>;

/** What it is made with when nothing is said. */
export const DEFAULTS: Choice = {
  cluster: 'fluxdeck',
  nodeImage: NODE_IMAGE,
  appImage: APP_IMAGE,
};

const FLAGS = [
  ['--name', 'cluster'],
  ['--node-image', 'nodeImage'],
  ['--app-image', 'appImage'],
] as const;

export interface BeginOptions {
  folder: string;
  /** What was asked for; the default, or what the demo was made with, where it was not. */
  given: Partial<Choice>;
  run: Run;
}

/**
 * Takes up a demo that has been made, or begins one. Of an earlier try that did not come so far
 * nothing is binding: it may have failed for what it was made with.
 * @throws a Mistake when another is asked for than the one that is there
 */
export async function begin({ folder, given, run }: BeginOptions): Promise<Demo> {
  const known = await readDemo(folder);
  if (known && (known.made || (await headOf(known)) !== undefined)) {
    refuseOther(known, given);
    return known;
  }
  const choice = { ...DEFAULTS, ...given };
  if (known?.cluster !== choice.cluster) {
    await refuseForeign(run, folder, choice.cluster);
    // Half a cluster, left by that try.
    if (known && (await hasCluster(run, known))) await deleteCluster(run, known);
  }
  const demo = { ...(known ?? beginDemo(folder, choice)), ...choice };
  await writeDemo(demo);
  return demo;
}

function refuseOther(demo: Demo, given: Partial<Choice>): void {
  const other = FLAGS.filter(([, what]) => {
    const wish = given[what];
    return wish !== undefined && wish !== demo[what] && wish !== tagOf(demo[what]);
  });
  if (other.length === 0) return;
  const made = other.map(([flag, what]) => `${flag} ${demo[what]}`).join(' ');
  throw new Mistake(
    `The demo was made with ${made}. To have another, \`fluxdeck demo down\` first.`,
  );
}

async function refuseForeign(run: Run, folder: string, cluster: string): Promise<void> {
  if (!(await hasCluster(run, { folder, cluster }))) return;
  throw new Mistake(
    `There is a kind cluster ${cluster} that this demo did not make. If nobody needs it: kind delete cluster --name ${cluster}. Else name the demo's: --name NAME`,
  );
}
