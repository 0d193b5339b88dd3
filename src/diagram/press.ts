import type { DiagramNode } from './graph.ts';

/**
 * Makes a node something that can be pressed: by a click, and by Enter when it has the focus.
 * Space stays with the slides: a presenter's remote sends it.
 * @returns how to undo it
 */
export function makePressable({ element }: DiagramNode, onPress: () => void): () => void {
  const press = (event: Event) => {
    event.stopPropagation();
    event.preventDefault();
    onPress();
  };
  const pressKey = (event: KeyboardEvent) => {
    const isHeld = event.shiftKey || event.ctrlKey || event.altKey || event.metaKey;
    if (event.key === 'Enter' && !isHeld) press(event);
  };
  element.setAttribute('role', 'button');
  element.setAttribute('tabindex', '0');
  element.addEventListener('click', press);
  element.addEventListener('keydown', pressKey);
  return () => {
    for (const name of ['role', 'tabindex']) element.removeAttribute(name);
    element.removeEventListener('click', press);
    element.removeEventListener('keydown', pressKey);
  };
}
