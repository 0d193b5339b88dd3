import type { Health, Seconds } from '../../src/shared/flow.ts';
import { decodeUp, encode, type Show } from '../../src/shared/wire.ts';
import { steadyClock } from '../clock.ts';
import type { Client } from '../http/socket.ts';
import { createHub, type Hub } from '../hub.ts';
import type { ShowControl } from '../show.ts';
import type { Edits } from './edits.ts';

/** Time as it passes, from a beginning. */
export interface Time {
  /** ISO date */
  started: string;
  clock: () => Seconds;
  /** Keeps no process alive. */
  schedule: (after: Seconds, run: () => void) => () => void;
}

export function beginTime(): Time {
  return {
    started: new Date().toISOString(),
    clock: steadyClock(),
    schedule: (after, run) => {
      const timer = setTimeout(run, after * 1000);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

export function openHub(time: Time, show: Show, health: Health): Hub {
  return createHub({ ...time, show, health });
}

/** Everybody hears; only the presenter is heard. */
export function join(hub: Hub, show: ShowControl, edits: Edits, client: Client): void {
  const leave = hub.subscribe(client);
  client.onClose(leave);
  edits.join(client);
  const tell = (words: string) => client.send(encode({ type: 'told', text: words }));
  client.onMessage((text) => {
    const wish = client.presenter ? decodeUp(text) : undefined;
    if (wish?.type === 'take') edits.take(tell);
    else if (wish) show.ask(wish, tell);
  });
}
