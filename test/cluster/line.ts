import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A stretch of network between the program and a server, which can be cut and can go dead. */
export interface Line {
  port: number;
  /** Ends every connection and lets none through, until it is mended. */
  cut: () => void;
  mend: () => void;
  /** Ends every connection; new ones are welcome. */
  drop: () => void;
  /** Nothing gets through any more and nobody is told: connections are half open. */
  freeze: () => void;
  thaw: () => void;
  close: () => Promise<void>;
}

/** @param port of a server on this machine */
export async function openLine(port: number): Promise<Line> {
  const ends = new Set<Socket>();
  let isCut = false;
  let isFrozen = false;
  const server: Server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    join(near, far);
    join(far, near);
  });
  const drop = () => {
    for (const end of ends) end.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    cut() {
      isCut = true;
      drop();
    },
    mend() {
      isCut = false;
    },
    drop,
    freeze() {
      isFrozen = true;
      for (const end of ends) end.pause();
    },
    thaw() {
      isFrozen = false;
      for (const end of ends) end.resume();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      drop();
      await closed;
    },
  };

  function join(from: Socket, to: Socket): void {
    ends.add(from);
    from.on('data', (chunk) => to.write(chunk));
    from.on('error', () => undefined);
    from.once('close', () => {
      ends.delete(from);
      // Over a dead line nobody hears of an end, either.
      if (!isFrozen) to.destroy();
    });
    if (isFrozen) from.pause();
  }
}
