import { makeEdition } from '../../server/deck/edition.ts';
import { openSocket } from '../../server/http/socket.ts';
import { createHub, type Hub } from '../../server/hub.ts';
import type { Seconds } from '../../src/shared/flow.ts';
import { openSite } from './site.ts';
import type { Testbed } from './testbed.ts';

/** The deck on stage, fed by a hub that a bench fills. */
export interface LiveTalk {
  address: string;
  hub: Hub;
  /** Seconds since the hub's `started`. */
  clock: () => Seconds;
  close(): void;
}

/** Pages show everything at its own time. */
export async function openLiveTalk({ app, compiled }: Testbed): Promise<LiveTalk> {
  const begun = Date.now();
  const clock = () => performance.timeOrigin / 1000 + performance.now() / 1000 - begun / 1000;
  const hub = createHub({
    started: new Date(begun).toISOString(),
    clock,
    schedule: (after, run) => {
      const timer = setTimeout(run, after * 1000);
      return () => clearTimeout(timer);
    },
    health: { state: 'live', text: 'live' },
    show: { feed: 'live' },
  });
  const settings = { feed: 'live', socket: 'true', pace: 'real' };
  const site = await openSite(makeEdition(app, compiled, settings), app.directory);
  const closeSocket = openSocket(
    site.server,
    () => false,
    (client) => client.onClose(hub.subscribe(client)),
  );
  return {
    address: site.address,
    hub,
    clock,
    close() {
      hub.stop();
      closeSocket();
      site.close();
    },
  };
}
