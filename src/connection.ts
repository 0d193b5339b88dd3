import { createLive, type Listener, type LiveFeed, type Socket } from './feed/live.ts';

/** The feed of this page's own server, over the browser's sockets and clocks. */
export function connect(window: Window, token: string | undefined, listener: Listener): LiveFeed {
  const address = () => {
    const url = new URL('./live', window.location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    url.hash = '';
    // Who shows another edition than the server's is brought that one.
    url.searchParams.set('edition', window.document.body.dataset.edition ?? '');
    return url;
  };
  // A page can put nothing but a protocol's name on a WebSocket's request.
  const protocols = ['fluxdeck', ...(token === undefined ? [] : [`token.${token}`])];
  return createLive({
    open: () => toSocket(new WebSocket(address(), protocols)),
    clock: () => window.performance.now() / 1000,
    schedule(after, run) {
      const timer = window.setTimeout(run, after * 1000);
      return () => window.clearTimeout(timer);
    },
    random: Math.random,
    onWake(wake) {
      const seen = () => {
        if (window.document.visibilityState === 'visible') wake();
      };
      window.addEventListener('online', wake);
      window.document.addEventListener('visibilitychange', seen);
      return () => {
        window.removeEventListener('online', wake);
        window.document.removeEventListener('visibilitychange', seen);
      };
    },
    listener,
  });
}

function toSocket(webSocket: WebSocket): Socket {
  const socket: Socket = {
    send: (text) => webSocket.send(text),
    close: () => webSocket.close(),
    onmessage: null,
    onclose: null,
    onerror: null,
  };
  webSocket.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
    socket.onmessage?.({ data }),
  );
  webSocket.addEventListener('close', () => socket.onclose?.());
  webSocket.addEventListener('error', () => socket.onerror?.());
  return socket;
}
