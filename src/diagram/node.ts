import type { Face } from '../shared/face.ts';
import { type Badge, createBadge } from './badge.ts';
import { fit, roomOf } from './fit.ts';
import type { DiagramNode } from './graph.ts';
import { attribute } from './write.ts';

/** A node on the glass. */
export interface PaintedNode {
  paint(face: Face, motion: boolean): void;
  /** Shows that something beside the diagram tells of it. */
  mark(isMarked: boolean): void;
  /** Takes away all that was painted. */
  clear(): void;
}

/**
 * Outline by status, second line, badge: each touched only when it changes.
 * @param isPressable whether it is reached by itself, so that it must tell its state in words
 */
export function paintNode({ element }: DiagramNode, isPressable: boolean): PaintedNode {
  const fact = element.querySelector('.fact');
  const room = roomOf(element);
  const status = attribute(element, 'data-status');
  const checking = attribute(element, 'data-checking');
  const marked = attribute(element, 'data-marked');
  const description = attribute(element, 'aria-description');
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
      if (isPressable) description(face.label || undefined);
      if (face.sign) {
        badge ??= createBadge(element);
        badge.show(face.sign, motion);
      } else dropBadge();
    },
    mark: (isMarked) => void marked(isMarked ? '' : undefined),
    clear() {
      status(undefined);
      checking(undefined);
      marked(undefined);
      description(undefined);
      write('');
      dropBadge();
    },
  };
}
