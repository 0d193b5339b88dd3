import { formatAddress, parseAddress } from '../shared/address.ts';
import type { Position } from '../shared/position.ts';

/**
 * Keeps the browser's address and the position together: a slide is an entry of the history,
 * a step rewrites it, so back and forward find each slide as it was left.
 */
export function createAddressBar(
  { location, history }: Window,
  root: Element,
): { read(): Position | undefined; write(position: Position): void } {
  const ids = () =>
    [...root.querySelectorAll('.slides > section')].map(
      (section) => section.getAttribute('data-id') ?? '',
    );
  const read = () => parseAddress(location.hash, ids());
  return {
    read,
    write(position) {
      const address = formatAddress(position);
      if (address === location.hash) return;
      const before = read();
      if (before && before.slide !== position.slide) history.pushState(null, '', address);
      else history.replaceState(null, '', address);
    },
  };
}

/** Takes the query out of the address, before reveal takes it for settings, and returns it. */
export function takeQuery({ location, history }: Window): URLSearchParams {
  const query = new URLSearchParams(location.search);
  if (location.search) history.replaceState(null, '', location.pathname + location.hash);
  return query;
}
