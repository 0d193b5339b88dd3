import type { Graph } from './graph.ts';

/** What a flowchart shows, in words: what each group contains, then what goes from where to where. */
export function sayGraph(graph: Graph): string {
  const names = new Map([
    ...graph.groups.map((group) => [group.id, group.title] as const),
    ...graph.nodes.map((node) => [node.id, node.lines.join(' ')] as const),
  ]);
  const name = (id: string): string => names.get(id) ?? id;
  const groups = graph.groups.toReversed().map((group) => {
    const inside = [...graph.groups, ...graph.nodes].filter((one) => one.parent === group.id);
    return `${group.title} contains ${listed(inside.map((one) => name(one.id)))}.`;
  });
  const edges = graph.edges
    .filter((edge) => edge.line !== 'invisible')
    .map((edge) => {
      const link = edge.head === 'none' || edge.tail !== 'none' ? 'and' : 'to';
      const label = edge.lines.length > 0 ? `: ${edge.lines.join(' ')}` : '';
      return `${name(edge.from)} ${link} ${name(edge.to)}${label}`;
    });
  const alone = graph.groups.length + edges.length === 0 ? [`${listed([...names.values()])}.`] : [];
  return [...groups, ...(edges.length > 0 ? [`${edges.join('; ')}.`] : []), ...alone].join(' ');
}

/** The diagram's name: what is in it. */
export function nameOf(graph: Graph): string {
  return `Diagram: ${listed(graph.nodes.map((node) => node.lines.join(' ')))}`;
}

function listed(words: string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(words);
}
