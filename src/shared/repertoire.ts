import type { Player } from './player.ts';

/** The recordings that scenes are played from, by their addresses. */
export interface Repertoire {
  /** Has every scene. */
  recording: string;
  /** Scenes with a run of their own. */
  runs: readonly { scene: string; recording: string }[];
}

/** As a page carries them: `push=./runs/push-0.jsonl`. */
export function writeRuns(runs: Repertoire['runs']): string {
  return runs.map(({ scene, recording }) => `${scene}=${recording}`).join(' ');
}

export function readRuns(written: string): Repertoire['runs'] {
  return written.split(' ').flatMap((run) => {
    const [scene = '', ...address] = run.split('=');
    return address.length === 0 ? [] : [{ scene, recording: address.join('=') }];
  });
}

/** The players of a repertoire, or why there is none. A run that can't be had is played from the rest. */
export async function openRepertoire(
  { recording, runs }: Repertoire,
  load: (address: string) => Promise<{ player: Player } | { problem: string }>,
): Promise<Pick<Player, 'scenes' | 'scene'> | { problem: string }> {
  const [main, ...own] = await Promise.all([
    load(recording),
    ...runs.map(async (run) => ({ ...run, ...(await load(run.recording)) })),
  ]);
  if ('problem' in main) return main;
  const players = new Map(own.flatMap((run) => ('player' in run ? [[run.scene, run.player]] : [])));
  return {
    scenes: [...main.player.scenes, ...[...players.values()].flatMap(({ scenes }) => scenes)],
    scene: (name) => players.get(name)?.scene(name) ?? main.player.scene(name),
  };
}
