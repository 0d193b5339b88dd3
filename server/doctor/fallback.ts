import { ago } from '../../src/shared/words.ts';
import { type Finding, failure, ok } from './check.ts';

/** What a scene of the deck is played from when there is no cluster. */
export interface Fallback {
  scene: string;
  /** Whose run; undefined when there is none. */
  run?: { whose: 'own' | 'shipped'; started: string };
}

/** @param now milliseconds since 1970 */
export function judgeFallback(scenes: readonly Fallback[], now: number): Finding {
  const missing = scenes.filter(({ run }) => !run).map(({ scene }) => scene);
  if (missing.length > 0) {
    return failure(
      `there is no recorded run of ${missing.join(', ')}`,
      'Run it once with the demo’s cluster (`npm start`, then its key): it is kept.',
    );
  }
  if (scenes.length === 0) return ok('the deck asks for no scene');
  const told = scenes.map(({ scene, run }) => {
    const seconds = run ? (now - Date.parse(run.started)) / 1000 : 0;
    return {
      scene,
      from: run ? `${run.whose === 'own' ? 'your own run' : 'shipped'}, ${ago(seconds)}` : '',
    };
  });
  const groups = Map.groupBy(told, ({ from }) => from);
  return ok(
    [...groups]
      .map(([from, all]) => `${all.map(({ scene }) => scene).join(', ')} (${from})`)
      .join('; '),
  );
}
