/** Where the app's Deployment is written in its repository. */
export const MANIFEST = 'app/deployment.yaml';
/** The page that the app shows. */
export const PAGE = 'app/page.html';

/** A greeting, on the app's page and in the commit's subject. */
export interface Greeting {
  message: string;
  subject: string;
}

const GREETED = [
  'the webinar',
  'the front row',
  'the back row',
  'the recording',
  'GitOps',
  'Flux',
  'everybody here',
] as const;

const MESSAGE = /(<h1>)(.*)(?=<\/h1>)/;
const REPLICAS = /^( *replicas:[ \t]*)(.*)$/m;
/** A word where Kubernetes wants a number: YAML has no objection, the API server has. */
const NO_NUMBER = 'two';

/** The one that comes after what the app says now. */
export function nextGreeting(page: string): Greeting {
  const now = MESSAGE.exec(page)?.[2] ?? '';
  const last = GREETED.findIndex((name) => now.includes(messageTo(name)));
  const name = GREETED[(last + 1) % GREETED.length] ?? GREETED[0];
  return { message: messageTo(name), subject: `Say hello to ${name}` };
}

function messageTo(name: string): string {
  return `Hello, ${name}!`;
}

/** @throws when the page has no headline */
export function withMessage(page: string, message: string): string {
  return replaced(page, MESSAGE, message, PAGE, '<h1>');
}

/** @throws when the manifest has no replicas */
export function withBrokenReplicas(manifest: string): string {
  return replaced(manifest, REPLICAS, NO_NUMBER, MANIFEST, 'replicas');
}

export function hasBrokenReplicas(manifest: string): boolean {
  return REPLICAS.exec(manifest)?.[2]?.trim() === NO_NUMBER;
}

function replaced(
  text: string,
  pattern: RegExp,
  value: string,
  file: string,
  named: string,
): string {
  if (!pattern.test(text)) {
    throw new Error(
      `${file} has no ${named} any more. “fluxdeck demo reset” brings the file back.`,
    );
  }
  return text.replace(pattern, (_, before: string) => `${before}${value}`);
}
