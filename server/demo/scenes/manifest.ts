/** Where the app's Deployment is written in its repository. */
export const MANIFEST = 'app/deployment.yaml';

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

const MESSAGE = /(name:\s*PODINFO_UI_MESSAGE\s*\n\s*value:[ \t]*)(.*)/;
const REPLICAS = /^( *replicas:[ \t]*)(.*)$/m;
/** A word where Kubernetes wants a number: YAML has no objection, the API server has. */
const NO_NUMBER = 'two';

/** The one that comes after what the app says now. */
export function nextGreeting(manifest: string): Greeting {
  const now = MESSAGE.exec(manifest)?.[2] ?? '';
  const last = GREETED.findIndex((name) => now.includes(messageTo(name)));
  const name = GREETED[(last + 1) % GREETED.length] ?? GREETED[0];
  return { message: messageTo(name), subject: `Say hello to ${name}` };
}

function messageTo(name: string): string {
  return `Hello, ${name}!`;
}

/** @throws when the manifest has no message */
export function withMessage(manifest: string, message: string): string {
  return replaced(manifest, MESSAGE, JSON.stringify(message), 'PODINFO_UI_MESSAGE');
}

/** @throws when the manifest has no replicas */
export function withBrokenReplicas(manifest: string): string {
  return replaced(manifest, REPLICAS, NO_NUMBER, 'replicas');
}

export function hasBrokenReplicas(manifest: string): boolean {
  return REPLICAS.exec(manifest)?.[2]?.trim() === NO_NUMBER;
}

function replaced(manifest: string, pattern: RegExp, value: string, named: string): string {
  if (!pattern.test(manifest)) {
    throw new Error(
      `${MANIFEST} has no ${named} any more. “fluxdeck demo reset” brings the file back.`,
    );
  }
  return manifest.replace(pattern, (_, before: string) => `${before}${value}`);
}
