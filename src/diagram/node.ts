import type { Face } from '../shared/face.ts';
import { type Badge, createBadge } from './badge.ts';
import type { DiagramNode } from './graph.ts';
import { attribute } from './write.ts';

/** A node on the glass. */
export interface PaintedNode {
  paint(face: Face, motion: boolean): void;
  /** Takes away all that was painted. */
  clear(): void;
}

/** Every node's second line has room for this many characters; what is wider has more. */
const ROOM = 16;
/** The width of a character of the deck's font, in its size; a little over the mean, so that what fits by count fits. */
const CHARACTER = 0.52;
/** What a shape's rounded ends take from the second line, in heights of the node. */
const ENDS = 0.35;

/** Outline by status, second line, badge: each touched only when it changes. */
export function paintNode({ element }: DiagramNode): PaintedNode {
  const fact = element.querySelector('.fact');
  const room = roomOf(element, fact);
  const status = attribute(element, 'data-status');
  const checking = attribute(element, 'data-checking');
  let badge: Badge | undefined;
  let words = '';

  function write(text: string): void {
    if (!fact || text === words) return;
    words = text;
    fact.textContent = text;
  }

  function dropBadge(): void {
    badge?.remove();
    badge = undefined;
  }

  return {
    paint(face, motion) {
      status(face.sign);
      checking(face.checking ? '' : undefined);
      write(fit(face.fact, room));
      if (face.sign) {
        badge ??= createBadge(element);
        badge.show(face.sign, motion);
      } else dropBadge();
    },
    clear() {
      status(undefined);
      checking(undefined);
      write('');
      dropBadge();
    },
  };
}

/** The fullest form that fits; where none does, the shortest. */
export function fit(forms: readonly string[], room: number): string {
  return forms.find((form) => form.length <= room) ?? forms.at(-1) ?? '';
}

/** Counted, not measured: the same on every screen, and no layout is asked for. */
function roomOf(node: Element, fact: Element | null): number {
  const width = Number(node.getAttribute('data-width'));
  const height = Number(node.getAttribute('data-height'));
  const size = Number(fact?.getAttribute('font-size'));
  if (!(size > 0)) return ROOM;
  return Math.max(ROOM, Math.floor((width - ENDS * height) / (size * CHARACTER)));
}
