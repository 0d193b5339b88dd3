import { FLUX, NAME } from '../manifests.ts';
import type { Parts } from './scene.ts';

/** What scenes are about in a cluster that `demo up` has made. */
export const DEMO_PARTS: Parts = {
  source: `GitRepository/${FLUX}/${NAME}`,
  applier: `Kustomization/${FLUX}/${NAME}`,
  workload: `Deployment/${NAME}/${NAME}`,
};
