import { uptime } from 'node:os';
import type { Seconds } from '../src/shared/flow.ts';

export interface Counters {
  /** Milliseconds that go on evenly; whether also while the machine sleeps is the system's affair. */
  running: () => number;
  /** Seconds since the machine was started, its sleep included; coarser. */
  up: () => Seconds;
}

/** They differ by the time between two readings; the machine has slept for longer. */
const APART: Seconds = 1;

/**
 * Counts the seconds from now on as they truly pass: it goes on while the machine sleeps, and
 * whoever sets the machine's clock does not move it.
 */
export function steadyClock({
  running = () => performance.now(),
  up = uptime,
}: Partial<Counters> = {}): () => Seconds {
  const begun = { running: running(), up: up() };
  let slept: Seconds = 0;
  return () => {
    const ran = (running() - begun.running) / 1000;
    const missing = up() - begun.up - ran;
    if (missing - slept > APART) slept = missing;
    return ran + slept;
  };
}
