import type { Resource, Role } from './flow.ts';
import { isRole, kindOf, roleOf, roleOfKind } from './role.ts';

/** What a node of a diagram stands for. */
export interface Binding {
  role: Role;
  /** Only these: `Kind/namespace/name`, each of the last two may be `*`. Absent: all of the role. */
  refs?: readonly string[];
}

/** A binding that cannot be used; the line counts from 1 within the diagram's source. */
export interface BindingProblem {
  line: number;
  text: string;
}

export interface Bindings {
  /** By node id. A node without an entry is a picture and nothing more. */
  nodes: ReadonlyMap<string, Binding>;
  problems: readonly BindingProblem[];
}

const COMMENT = /^\s*%%\s*live\b\s*(.*)$/;

/**
 * What each node stands for: by its label, narrowed or added to by comments in the diagram's source.
 * `%% live G = GitRepository/flux-system/podinfo, Bucket/*` names objects (a kind alone is all of that kind),
 * `%% live A = user` a role, `%% live S = *` all of the role that the label says.
 */
export function bindings(
  source: string,
  nodes: readonly { id: string; label: string }[],
): Bindings {
  const bound = new Map<string, Binding>();
  const problems: BindingProblem[] = [];
  for (const node of nodes) {
    const role = roleOf(node.label);
    const kind = kindOf(node.label);
    // One node of a role stands for all of it; two are told apart by the kinds that they name.
    const alone = nodes.every((other) => other === node || roleOf(other.label) !== role);
    if (role) bound.set(node.id, kind && !alone ? { role, refs: [`${kind}/*/*`] } : { role });
  }
  for (const [index, text] of source.split(/\r?\n/).entries()) {
    const [, comment] = COMMENT.exec(text) ?? [];
    if (comment === undefined) continue;
    const read = parse(comment.trim(), nodes);
    if (typeof read === 'string') problems.push({ line: index + 1, text: read });
    else bound.set(read.id, read.binding);
  }
  return { nodes: bound, problems };
}

/** The comments of a diagram's source that bind, a line each: what a drawing must keep of it. */
export function liveComments(source: string): string {
  return source
    .split(/\r?\n/)
    .filter((text) => COMMENT.test(text))
    .map((text) => text.trim())
    .join('\n');
}

/** Keys of the resources that a binding covers, sorted. */
export function bind(resources: ReadonlyMap<string, Resource>, binding: Binding): string[] {
  const keys: string[] = [];
  for (const resource of resources.values()) if (covers(binding, resource)) keys.push(resource.key);
  return keys.sort();
}

/** Whether one of a binding's refs names the key. */
export function names(refs: readonly string[], key: string): boolean {
  const parts = key.split('/');
  return refs.some((ref) => ref.split('/').every((part, i) => part === '*' || part === parts[i]));
}

/** Flux as one node stands for what fetches and what applies. */
function covers({ role, refs }: Binding, resource: Resource): boolean {
  if (refs) return names(refs, resource.key);
  if (role === 'flux') return resource.role === 'source' || resource.role === 'applier';
  return resource.role === role;
}

/** What one comment binds, or a sentence on what is wrong with it. */
function parse(
  comment: string,
  nodes: readonly { id: string; label: string }[],
): { id: string; binding: Binding } | string {
  const [, id, rest = ''] = /^([^\s=]+)\s*=(.*)$/.exec(comment) ?? [];
  const words = rest.split(/[\s,]+/).filter(Boolean);
  if (id === undefined || words.length === 0)
    return `“${comment}” is not of the form “node = Kind/namespace/name”`;
  const node = nodes.find((each) => each.id === id);
  if (!node) return `the diagram has no node “${id}” (a subgraph cannot be bound)`;
  const binding = explicit(words, roleOf(node.label));
  return typeof binding === 'string' ? binding : { id, binding };
}

/**
 * A binding in the author's own words, or a sentence on what is wrong with it.
 * What they say beats the label, except that Flux narrowed is still Flux.
 */
function explicit(words: readonly string[], labelled: Role | undefined): Binding | string {
  const refs: string[] = [];
  let role = words.find(isRole);
  for (const word of words) {
    if (word === '*' || isRole(word)) continue;
    const [kind = '', namespace = '*', name = '*', ...more] = word.split('/');
    const implied = roleOfKind(kind);
    if (!implied) return `“${kind}” is no kind that is watched`;
    if (more.length > 0) return `“${word}” has more than kind, namespace and name`;
    refs.push(`${kind}/${namespace || '*'}/${name || '*'}`);
    role ??= labelled === 'flux' ? labelled : implied;
  }
  role ??= labelled;
  if (!role)
    return '“*” needs a role: user, git, webhook, receiver, source, applier, flux, cluster';
  return refs.length === 0 || words.includes('*') ? { role } : { role, refs };
}
