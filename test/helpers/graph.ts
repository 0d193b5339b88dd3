import { bindings } from '../../src/shared/binding.ts';
import type { Graph } from '../../src/shared/route.ts';

/**
 * A graph in one line: `A(User) B(Git Host) ; A>B B>A`, edges named as Mermaid names them.
 * Labels bind as they do in a diagram.
 */
export function graph(text: string, comments = ''): Graph & { labels: Map<string, string> } {
  const [left = '', right = ''] = text.split(';');
  const nodes = [...left.matchAll(/(\w+)\(([^)]*)\)/g)].map(([, id = '', label = '']) => ({
    id,
    label,
  }));
  const seen = new Map<string, number>();
  const edges = [...right.matchAll(/(\w+)>(\w+)/g)].map(([, from = '', to = '']) => {
    const n = seen.get(`${from}_${to}`) ?? 0;
    seen.set(`${from}_${to}`, n + 1);
    return { id: `L_${from}_${to}_${n}`, from, to };
  });
  const bound = bindings(comments, nodes).nodes;
  return {
    nodes: nodes.map(({ id }) => ({ id, binding: bound.get(id) })),
    edges,
    labels: new Map(nodes.map(({ id, label }) => [id, label])),
  };
}

/** The three diagrams of the first talk. */
export const DIAGRAMS = {
  easy: 'A(User) B(Git Host) F(Flux) L(Kubernetes) ; A>B B>F F>L',
  inside: 'A(User) B(Git Host) G(GitRepository) K(Kustomization) L(K8s) ; A>B G>B G>K K>G K>L',
  ga: 'A(User) B(Git Host) W(Webhook) R(Receiver) G(GitRepository) K(Kustomization) L(K8s) ; A>B B>W W>R G>B G>K K>G R>G K>L',
};
