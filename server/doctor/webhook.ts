import { type Finding, failure, ok, skipped, warning } from './check.ts';

export interface WebhookFacts {
  /** HTTP, of a webhook whose signature is wrong on purpose; undefined: no answer. */
  status: number | undefined;
  /** What that answer means for a webhook. */
  words: string;
  /** Through the API server, or around it. */
  way: 'proxy' | 'port-forward';
  /** Whether the Receiver checks signatures with what the demo signs with. */
  secret: 'same' | 'another' | 'unread';
}

/** Refused for its signature alone: all the way was open, and Flux did nothing. */
const REFUSED = 400;

const CURE = '`fluxdeck demo reset`; if that does not help, `fluxdeck demo up`.';

export function judgeWebhook(facts: WebhookFacts | undefined): Finding {
  if (!facts) return skipped('needs the demo’s cluster');
  const { status, words, way, secret } = facts;
  if (status === 200) return failure('the Receiver accepted a forged one', CURE);
  if (status !== REFUSED) return failure(words, CURE);
  if (secret === 'another') {
    return failure('the Receiver checks with another secret than the demo’s', 'fluxdeck demo up');
  }
  if (secret === 'unread') {
    return warning(
      'the way to the Receiver is open, but its secret can’t be compared',
      'fluxdeck demo up',
    );
  }
  const around = way === 'proxy' ? '' : ', by kubectl port-forward';
  return ok(
    `a forged one gets to the Receiver and is refused${around}; ours is signed as it wants`,
  );
}
