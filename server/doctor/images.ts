import { at, textAt } from './apiValue.ts';
import { type Finding, failure, ok, skipped, warning } from './check.ts';

export interface ImageFacts {
  /** All that Flux and the app run from. */
  images: readonly string[];
  /** Those that the node lacks: a Pod that starts again would need the network. */
  missing: readonly string[];
  /** Those that no archive of ours holds: a new `demo up` would need it. */
  unsaved: readonly string[];
}

/** The images of workloads, by their specs. */
export function imagesIn(specs: Readonly<Record<string, unknown>>): string[] {
  const all = Object.values(specs).flatMap((spec) => {
    const containers = at(spec, 'template', 'spec', 'containers');
    return Array.isArray(containers) ? containers.map((each) => textAt(each, 'image')) : [];
  });
  return [...new Set(all.flatMap((image) => image ?? []))];
}

export function judgeImages(facts: ImageFacts | undefined): Finding {
  if (!facts) return skipped('needs the demo’s cluster');
  const { images, missing, unsaved } = facts;
  if (images.length === 0) return skipped('`demo up` did not come to its end');
  if (missing.length > 0) {
    return failure(`the cluster’s node lacks ${names(missing)}`, 'fluxdeck demo up');
  }
  if (unsaved.length > 0) {
    return warning(
      `all ${images.length} are on the node, but ${names(unsaved)} is not saved for a new \`demo up\``,
      'While there is a network: fluxdeck demo up',
    );
  }
  return ok(`all ${images.length} are on the node, and saved`);
}

function names(images: readonly string[]): string {
  return images.map((image) => image.replace(/^.*\//, '').replace(/@.*$/, '')).join(', ');
}
