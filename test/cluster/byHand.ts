import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PATHS } from '../../server/demo/manifests.ts';
import { type Demo, places } from '../../server/demo/state.ts';
import type { SceneName } from '../../src/shared/scene.ts';
import { git } from './git.ts';
import type { Stack } from './stack.ts';

/** What a person types in a terminal in place of each scene, done as the programs do it. */
export function byHand({ admin }: Stack, demo: Demo): Record<SceneName, () => Promise<void>> {
  const { copy } = places(demo.folder);
  const commit = async (subject: string, file: string, from: RegExp, to: string) => {
    const place = path.join(copy, file);
    const text = await readFile(place, 'utf8');
    await writeFile(place, text.replace(from, to));
    await git(copy, 'commit', '--quiet', '--all', '--message', subject);
  };
  const greet = (name: string) =>
    commit(`Greet ${name}`, 'app/page.html', /<h1>.*<\/h1>/, `<h1>Hello, ${name}!</h1>`);
  const push = async (...settings: string[]) => {
    await git(copy, ...settings, 'push', '--quiet');
  };
  /** As kubectl and flux write. */
  const patch = (place: string, manager: string, spec: unknown) =>
    admin.patch(`${place}?fieldManager=${manager}`, { spec });
  return {
    async push() {
      await greet('the terminal');
      await push();
    },
    async poll() {
      await greet('the patient');
      await push('-c', 'http.extraHeader=Fluxdeck-Webhook: off');
    },
    async break() {
      await commit('Run many', 'app/deployment.yaml', /replicas: .*/, 'replicas: many');
      await push();
    },
    async fix() {
      await git(copy, 'revert', '--no-edit', 'HEAD');
      await push();
    },
    drift: () => admin.delete(`${PATHS.deployment}?propagationPolicy=Background`),
    scale: () => patch(`${PATHS.deployment}/scale`, 'kubectl', { replicas: 5 }),
    suspend: () => patch(PATHS.kustomization, 'flux', { suspend: true }),
    resume: () => patch(PATHS.kustomization, 'flux', { suspend: false }),
  };
}
