import { element } from './element.ts';

/** Where a panel stands on the canvas, in its pixels. */
export interface Place {
  side: 'left' | 'right';
  width: number;
}

/** A panel beside a diagram: it takes the focus, gives it back, and stops nothing else. */
export interface Frame {
  readonly body: HTMLElement;
  isOpen(): boolean;
  /** @param first what gets the focus; without, the panel itself */
  open(place: Place, first?: HTMLElement): void;
  close(): void;
}

/**
 * @param layer covers the canvas
 * @param name says what the panel is, also to those who do not see it
 */
export function createFrame(layer: Element, name: string, onClose: () => void): Frame {
  const panel = element('aside', 'panel');
  panel.hidden = true;
  panel.tabIndex = -1;
  panel.setAttribute('aria-label', name);

  const button = element('button', 'close', '×');
  button.type = 'button';
  button.setAttribute('aria-label', 'Close');
  button.title = 'Close (Escape)';
  const body = element('div', 'content');
  panel.append(button, body);
  layer.append(panel);

  let opener: Element | null = null;
  const close = () => {
    if (panel.hidden) return;
    const focused = document.activeElement;
    const hadFocus = panel.contains(focused);
    panel.hidden = true;
    // What is hidden would keep the focus, and the keys, until the next frame.
    if (hadFocus && isFocusable(focused)) focused.blur();
    if (hadFocus && isFocusable(opener)) opener.focus({ preventScroll: true });
    onClose();
  };
  button.addEventListener('click', close);
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });

  return {
    body,
    isOpen: () => !panel.hidden,
    open({ side, width }, first = panel) {
      if (!panel.contains(document.activeElement)) opener = document.activeElement;
      panel.hidden = false;
      panel.dataset.side = side;
      panel.style.setProperty('--width', `${width}px`);
      first.focus({ preventScroll: true });
    },
    close,
  };
}

function isFocusable(target: Element | null): target is HTMLElement | SVGElement {
  return (target instanceof HTMLElement || target instanceof SVGElement) && target.isConnected;
}
