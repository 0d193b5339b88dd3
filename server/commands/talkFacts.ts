import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseRecording } from '../../src/shared/recording.ts';
import { sceneCues, scenes } from '../../src/shared/scene.ts';
import { RECORDING, RECORDINGS } from '../cache.ts';
import { freePort } from '../demo/machine.ts';
import { isHeld } from '../demo/running.ts';
import type { Demo } from '../demo/state.ts';
import type { DeckFacts } from '../doctor/deck.ts';
import type { Fallback } from '../doctor/fallback.ts';
import type { Port, PortFacts } from '../doctor/ports.ts';
import { DEFAULT_PORT, occupantOf } from '../http/listen.ts';
import { openTalk, talkId } from '../http/talk.ts';
import { Mistake } from '../mistake.ts';
import { runsIn } from '../runs.ts';
import { stateDirectory } from '../state.ts';
import { openDeck } from './open.ts';
import { tellSize } from './tell.ts';

/** A deck, and the scenes that its slides ask for, each once. */
export async function readDeck(
  name: string,
): Promise<{ facts: DeckFacts; scenes: readonly string[] }> {
  try {
    const { compiled } = await openDeck(name);
    const errors = compiled.problems.filter(({ severity }) => severity === 'error').length;
    const cues = compiled.sections.flatMap((section) =>
      sceneCues(/ data-scenes="([^"]*)"/.exec(section)?.[1] ?? ''),
    );
    return {
      facts: { errors, size: tellSize(compiled) },
      scenes: [...new Set(cues.map((cue) => cue.name))],
    };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { facts: { mistake: error.message }, scenes: [] };
  }
}

/** @param own whether the speaker's own runs would be played: not where no cluster is meant to be */
export async function readFallbacks(names: readonly string[], own: boolean): Promise<Fallback[]> {
  const runs = own ? await runsIn(path.join(stateDirectory(), 'runs')).scenes() : undefined;
  const shipped = parseRecording(await readFile(path.join(RECORDINGS, RECORDING), 'utf8'));
  const recording = 'recording' in shipped ? shipped.recording : undefined;
  const played = new Set(recording ? scenes(recording).map(({ name }) => name) : []);
  return names.map((scene): Fallback => {
    const run = runs?.get(scene);
    if (run) return { scene, run: { whose: 'own', started: run.started } };
    if (!recording || !played.has(scene)) return { scene };
    return { scene, run: { whose: 'shipped', started: recording.started } };
  });
}

export async function readPorts(name: string, demo: Demo | undefined): Promise<PortFacts> {
  const deck = path.resolve(name);
  const number = (await openTalk(deck)).port ?? DEFAULT_PORT;
  const isOpen = async () => (await occupantOf(number))?.deck === talkId(deck);
  const talk = await portOf(number, isOpen);
  if (!demo) return { talk };
  return { talk, git: await portOf(demo.port, () => isHeld(demo)) };
}

async function portOf(number: number, isOurs: () => Promise<boolean>): Promise<Port> {
  if ((await freePort(number)) === number) return { number, held: 'free' };
  return { number, held: (await isOurs()) ? 'ours' : 'taken' };
}
