const longest = 200;

/** What must not leave the server, and what stands in its place. */
const secrets: readonly (readonly [RegExp, string])[] = [
  // User and password of a URL, up to the last @ before its path.
  [/\/\/[^/\s'"]*@/g, '//'],
  // A password with a slash in it makes no URL, but error messages quote it all the same.
  [/\/\/[^/\s'"]+:(?!\d+[/\s])[^\s'"]*@/g, '//'],
  [/(\/hook\/)[0-9a-f]{8,}/gi, '$1…'],
  [/hooks\.slack\.com\/[^\s'"]+/gi, 'hooks.slack.com/…'],
  // Query strings: of a URL, and of anything that has the form key=value.
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s?'"]*)\?[^\s'"]*/gi, '$1'],
  [/\?[\w.~%[\]-]+=[^\s'"]*/g, ''],
  [/gh[pousr]_\w+/g, '…'],
  [/github_pat_\w+/g, '…'],
  [/glpat-[^\s'"]+/g, '…'],
  [/xox[^\s'"]+/g, '…'],
  [/(Bearer)\s+[^\s'"]+/gi, '$1 …'],
  [/(authorization:\s*\w+)\s+[^\s'"]+/gi, '$1 …'],
];

/** Text without secrets: one line of at most 200 characters. */
export function redact(text: string): string {
  const line = withoutSecrets(text.replace(/\s+/g, ' ').trim());
  if (line.length <= longest) return line;
  const half = /[\ud800-\udbff]$/;
  return `${line.slice(0, longest - 1).replace(half, '')}…`;
}

/** Text without secrets, its lines kept: for a patch. */
export function withoutSecrets(text: string): string {
  return secrets.reduce((cleaned, [secret, instead]) => cleaned.replace(secret, instead), text);
}
