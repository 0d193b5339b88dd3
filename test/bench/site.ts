import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { RECORDINGS, ROOT } from '../../server/cache.ts';
import { listen } from '../../server/http/listen.ts';
import { createSite, type Served } from '../../server/http/site.ts';

/** A deck that is being served. */
export interface Site {
  /** With a slash at its end. */
  address: string;
  server: Server;
  close(): void;
}

/** Serves a page and the app that belongs to it as the companion serves ours: same headers, same compression. */
export async function openSite(served: Served, app: string): Promise<Site> {
  const server = createServer(
    createSite({
      served: () => served,
      app,
      recordings: RECORDINGS,
      deck: path.join(ROOT, 'slides'),
      identity: { fluxdeck: '1', deck: 'bench' },
    }),
  );
  const { port } = await listen(server, { port: 0, strict: true, deck: 'bench' });
  return {
    address: `http://127.0.0.1:${port}/`,
    server,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
