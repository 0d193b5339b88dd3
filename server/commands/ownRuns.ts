import path from 'node:path';
import { stringifyRecording } from '../../src/shared/recording.ts';
import type { Show } from '../../src/shared/wire.ts';
import type { Hub } from '../hub.ts';
import { record } from '../recorder.ts';
import { type Runs, runsIn } from '../runs.ts';
import { stateDirectory } from '../state.ts';

/** The speaker's own runs: this one is kept, earlier ones are played when the cluster is lost. */
export interface OwnRuns {
  /** What to go on with: each scene's newest complete run, the shipped recording for the rest. */
  recorded: () => Promise<Extract<Show, { feed: 'recorded' }>>;
  /** The text of a run, by the last part of its address. */
  read: (name: string) => string | undefined;
  /** From now on this run is kept. Returns how to end it. */
  keep: (hub: Hub, about: { title: string; started: string }) => Promise<() => Promise<void>>;
}

/** Where runs of all talks are kept. */
export function ownRunsFolder(): string {
  return path.join(stateDirectory(), 'runs');
}

/** @param shipped the address of the recording that every scene has a run in */
export function openOwnRuns(
  shipped: string,
  onProblem: (words: string) => void,
  runs: Runs = runsIn(ownRunsFolder()),
): OwnRuns {
  const texts = new Map<string, string>();
  return {
    async recorded() {
      const own = [...(await runs.scenes())].map(([scene, run]) => {
        const name = `${scene}-${texts.size}.jsonl`;
        texts.set(name, stringifyRecording(run));
        return { scene, recording: `./runs/${name}` };
      });
      return { feed: 'recorded', recording: shipped, ...(own.length > 0 && { runs: own }) };
    },
    read: (name) => texts.get(name),
    async keep(hub, about) {
      const file = await runs.next(about.started);
      return record({ file, about, hub, onProblem });
    },
  };
}
