import path from 'node:path';

/** A program that `go build` makes from a module with pinned sums. */
export interface Program {
  name: string;
  /** The folder of its go.mod. */
  module: string;
  /** The import path of its main package. */
  main: string;
  /** Values that the linker writes into it, by variable. */
  link?: Readonly<Record<string, string>>;
  /** YAML of the module that it comes from, which is kept beside it. */
  keeps?: { of: string; folder: string };
}

const KUBERNETES = '1.36.2';
/** What an API server that runs these controllers has to know. */
export const DEFINITIONS = 'config/crd/bases';
/** What kwok's nodes and pods go through. */
export const STAGES = 'kustomize/stage';

function kubernetes<Name extends string>(name: Name) {
  const version = 'k8s.io/component-base/version';
  const [major = '', minor = ''] = KUBERNETES.split('.');
  return {
    name,
    module: moduleOf('kubernetes'),
    main: `k8s.io/kubernetes/cmd/${name}`,
    // Flux asks the server for its version, which a plain build does not know.
    link: {
      [`${version}.gitVersion`]: `v${KUBERNETES}`,
      [`${version}.gitMajor`]: major,
      [`${version}.gitMinor`]: minor,
    },
  };
}

function flux<Name extends string>(name: Name) {
  const main = `github.com/fluxcd/${name}`;
  return { name, module: moduleOf(name), main, keeps: { of: main, folder: DEFINITIONS } };
}

function moduleOf(name: string): string {
  return path.join(import.meta.dirname, 'programs', name);
}

/** What a cluster consists of. */
export const PROGRAMS = [
  { name: 'etcd', module: moduleOf('etcd'), main: 'go.etcd.io/etcd/server/v3' },
  kubernetes('kube-apiserver'),
  kubernetes('kube-controller-manager'),
  kubernetes('kube-scheduler'),
  {
    name: 'kwok',
    module: moduleOf('kwok'),
    main: 'sigs.k8s.io/kwok/cmd/kwok',
    keeps: { of: 'sigs.k8s.io/kwok', folder: STAGES },
  },
  flux('source-controller'),
  flux('kustomize-controller'),
  flux('notification-controller'),
  flux('helm-controller'),
] as const satisfies readonly Program[];

export type ProgramName = (typeof PROGRAMS)[number]['name'];
