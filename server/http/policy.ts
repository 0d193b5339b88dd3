/** What a page of ours may do: nothing from elsewhere, no inline script, no inline style. */
const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "connect-src 'self'",
  // The app's own page, which the server passes on.
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];

/** The Content-Security-Policy of a page that has no headers. */
export const PAGE_POLICY = DIRECTIVES.join('; ');

/** The headers of every answer. */
export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [...DIRECTIVES, "frame-ancestors 'none'"].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** The headers of the app's page, shown in ours: it is not ours, so it may do nothing but look. */
export const PREVIEW_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'",
  'Cache-Control': 'no-store',
};

/** Whether a Host header names this machine: keeps out pages that point their own name at it. */
export function isLocal(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '');
}
