import { keyName, type Wish, wishOf } from './keys.ts';

const PATIENCE = 800;

/**
 * Turns key presses into wishes. Digits collect into a slide's number, taken by Enter or by
 * a pause. A key that a focused link, button or field needs stays theirs.
 */
export function listenToKeys(
  document: Document,
  on: {
    wish(wish: Wish, key: string): void;
    jump(slide: number): void;
    typed(digits: string): void;
  },
): void {
  let digits = '';
  let timer = 0;

  const collect = (next: string) => {
    digits = next;
    clearTimeout(timer);
    on.typed(digits);
    if (digits) timer = window.setTimeout(jump, PATIENCE);
  };
  const jump = () => {
    const slide = Number(digits);
    collect('');
    on.jump(slide);
  };

  document.addEventListener('keydown', (event) => {
    const name = keyName(event);
    if (!name || event.defaultPrevented || belongsToFocus(event.target, name)) return;
    if (/^\d$/.test(name)) collect((digits + name).slice(-4));
    else if (digits && name === 'Enter') jump();
    else if (digits && name === 'Escape') collect('');
    else {
      const wish = wishOf(name);
      if (!wish) return;
      collect('');
      on.wish(wish, name);
    }
    event.preventDefault();
  });
}

function belongsToFocus(target: EventTarget | null, name: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('input, textarea, select')) return true;
  return target.matches('a[href], button, summary') && ['Enter', 'Space'].includes(name);
}
