import type { Seconds } from '../../src/shared/flow.ts';
import { decodeUp } from '../../src/shared/wire.ts';
import type { Client } from '../http/socket.ts';
import { createHub, type Hub } from '../hub.ts';

/** A hub by this machine's clock. @param capture stands in for a cluster */
export async function openHub(capture: string | undefined): Promise<Hub> {
  const begun = Date.now();
  const clock = () => (Date.now() - begun) / 1000;
  const schedule = (after: Seconds, run: () => void) => {
    const timer = setTimeout(run, after * 1000);
    timer.unref();
    return () => clearTimeout(timer);
  };
  const hub = createHub({
    started: new Date(begun).toISOString(),
    clock,
    schedule,
    health: { state: 'recorded', text: 'Recorded' },
  });
  if (capture !== undefined) {
    const { playCapture } = await import('./play.ts');
    await playCapture(capture, hub, { clock, schedule });
  }
  return hub;
}

/** Everybody hears; only the presenter is heard. */
export function join(hub: Hub, client: Client): void {
  const leave = hub.subscribe(client);
  client.onClose(leave);
  client.onMessage((text) => {
    const message = client.presenter ? decodeUp(text) : undefined;
    if (message?.type === 'scene') hub.playScene(message.name);
  });
}
