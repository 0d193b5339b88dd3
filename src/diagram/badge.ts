import { SIGNS, type Sign } from './sign.ts';
import { append, attribute } from './write.ts';

/** The round sign at a node's corner. */
export interface Badge {
  show(sign: Sign, motion: boolean): void;
  remove(): void;
}

const RADIUS = 10;
/** How far outside of the outline's corner it sits, so that a long label stays whole. */
const OUT = 0.35 * RADIUS;
/** The second line that it is drawn for, in pixels; beside a larger one it grows, to a limit. */
const SIZE = 14;
const LARGEST = 1.4;

/** A badge at the place that the drawing keeps for it. */
export function createBadge(node: Element): Badge {
  const group = append(node, 'g', { class: 'badge', transform: place(node) });
  const turned = append(group, 'g', { class: 'settling' });
  append(turned, 'circle', { class: 'disc', r: `${RADIUS}` });
  const stroke = append(turned, 'path', { class: 'sign' });
  append(group, 'path', { class: 'ring', d: 'M-13 0A13 13 0 1 1 0 13' });
  const drawn = attribute(stroke, 'd');
  const named = attribute(group, 'data-sign');
  const settled = attribute(group, 'data-settled');
  // Over and done with: it must not settle again when its slide comes back.
  group.addEventListener('animationend', () => settled(undefined));
  let last: Sign | undefined;
  return {
    show(sign, motion) {
      if (sign === last) return;
      // It settles only after it has turned: nothing moves on a page that is just being shown.
      settled(motion && last === 'progressing' && sign !== 'stale' ? '' : undefined);
      named(sign);
      drawn(SIGNS[sign]);
      last = sign;
    },
    remove: () => group.remove(),
  };
}

/** On the outline's corner and a little outside of it; as large as the node's words are. */
function place(node: Element): string {
  const words = Number(node.querySelector('.fact')?.getAttribute('font-size'));
  const scale = Math.min(LARGEST, Math.max(1, words / SIZE));
  const x = Number(node.getAttribute('data-badge-x')) + OUT * scale;
  const y = Number(node.getAttribute('data-badge-y')) - OUT * scale;
  return `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(2)})`;
}
