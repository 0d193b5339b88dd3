import { places } from './state.ts';

/**
 * What somebody may type while a talk is open, so that it is seen: each line works as it stands
 * in a POSIX shell, the first one once before the others.
 */
export function byHand(folder: string): string[] {
  const { copy, kubeconfig } = places(folder);
  return [
    `export KUBECONFIG=${quoted(kubeconfig)}`,
    `cd ${quoted(copy)} && \${EDITOR:-vi} app/page.html && git commit -am "Say hello" && git push`,
    'kubectl -n podinfo delete deployment podinfo',
    'kubectl -n podinfo scale deployment podinfo --replicas 4',
    'flux suspend ks podinfo',
    'flux resume ks podinfo',
  ];
}

function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
