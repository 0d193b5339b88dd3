/** Tells of a printout: one that the browser makes, or one that is only looked at. */
export function onPrint(window: Window, before: () => void, after: () => void): void {
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  window.matchMedia('print').addEventListener('change', ({ matches }) => {
    if (matches) before();
    else after();
  });
}
