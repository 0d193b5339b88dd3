/** In pages of what is seen. */
const KEYS: Readonly<Record<string, number>> = {
  ArrowUp: -0.15,
  ArrowDown: 0.15,
  PageUp: -0.9,
  PageDown: 0.9,
};

/** While one of these has the focus, the keys that would move slides scroll `target` instead. */
export function scrollByKeys(target: HTMLElement, ...focusable: readonly HTMLElement[]): void {
  for (const each of focusable) {
    each.addEventListener('keydown', (event) => {
      const pages = KEYS[event.key];
      if (pages === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      target.scrollBy({ top: pages * target.clientHeight });
    });
  }
}
