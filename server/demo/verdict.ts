import type { ApiAnswer } from '../api.ts';

/** What an answer to a webhook means, and what to do about it. */
export interface Verdict {
  delivered: boolean;
  /** `again`: it may well be accepted later. `around`: this way is blocked, another may not be. */
  next: 'done' | 'again' | 'around' | 'give up';
  words: string;
}

/**
 * Reads the answer to a webhook that went through the API server's service proxy. A JSON Status is
 * the API server's own answer, anything else is notification-controller's.
 */
export function verdictOf(answer: ApiAnswer | undefined): Verdict {
  if (!answer) return failed('again', 'the API server did not answer');
  const { status } = answer;
  const message = statusMessage(answer.body);
  if (status === 200) return { delivered: true, next: 'done', words: 'accepted by the Receiver' };
  if (message !== undefined && isBlocked(message)) {
    return failed('around', 'the API server does not get through to notification-controller');
  }
  switch (status) {
    case 400:
      return failed('give up', 'the Receiver refused the signature');
    case 401:
      return failed('give up', 'the API server does not know who asks');
    case 403:
      return failed('around', 'the API server’s service proxy is forbidden');
    case 404:
      return message === undefined
        ? failed('give up', 'notification-controller knows no Receiver of this path')
        : failed('again', 'there is no Service webhook-receiver: is Flux installed?');
    case 413:
      return failed('give up', 'the body is too large');
    case 500:
      return failed('give up', 'the Receiver’s GitRepository is not there');
    case 503:
      return message === undefined
        ? failed('again', 'the Receiver is suspended or not ready')
        : failed('again', 'notification-controller is not running');
    default:
      return failed(status >= 500 || status === 429 ? 'again' : 'give up', `HTTP ${status}`);
  }
}

function failed(next: Verdict['next'], words: string): Verdict {
  return { delivered: false, next, words };
}

/** A network policy drops what it forbids, so that the API server waits in vain. */
function isBlocked(message: string): boolean {
  return /error trying to reach service.*(timeout|deadline|no route|unreachable)/i.test(message);
}

/** The message of a Kubernetes Status. */
function statusMessage(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('kind' in value) || value.kind !== 'Status') return undefined;
    return 'message' in value && typeof value.message === 'string' ? value.message : '';
  } catch {
    return undefined;
  }
}
