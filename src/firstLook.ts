/**
 * The look that was chosen in this tab, in the page's first paint. It runs before anything shows
 * and waits for nothing: what it can't have is the deck's own. See src/deck/look.ts.
 */
try {
  const { dataset } = document.documentElement;
  const theme = sessionStorage.getItem('fluxdeck.theme');
  const scheme = sessionStorage.getItem('fluxdeck.scheme');
  dataset.own = dataset.theme ?? '';
  if (theme !== null) dataset.theme = theme;
  if (scheme !== null) dataset.scheme = scheme;
} catch {
  // A browser that lets nothing be kept.
}
