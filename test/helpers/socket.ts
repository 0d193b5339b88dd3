import type { Subscriber } from '../../server/hub.ts';
import type { Socket } from '../../src/feed/live.ts';

/** The two ends of a connection without a network: text arrives as it is sent, or once somebody listens. */
export function socketPair(): { client: Socket; server: Subscriber } {
  const waiting: string[] = [];
  let listener: Socket['onmessage'] = null;
  const client: Socket = {
    send: () => {},
    close: () => {},
    get onmessage() {
      return listener;
    },
    set onmessage(listen) {
      listener = listen;
      for (const data of waiting.splice(0)) listen?.({ data });
    },
    onclose: null,
    onerror: null,
  };
  const server: Subscriber = {
    send: (data) => {
      if (listener) listener({ data });
      else waiting.push(data);
    },
    buffered: () => 0,
  };
  return { client, server };
}
