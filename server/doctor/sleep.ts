import { type Finding, ok, skipped, warning } from './check.ts';
import type { Ask } from './program.ts';

/** What the machine does when nobody touches it; in minutes, 0 is never. */
export interface Rest {
  sleep?: number;
  screen?: number;
  /** Somebody keeps it awake at present. */
  awake: boolean;
}

/** Minutes: longer than any slide. */
const TALK = 60;

/** @param desktop whether a desktop is there: without one its settings say nothing */
export async function readRest(
  platform: NodeJS.Platform,
  ask: Ask,
  desktop: boolean,
): Promise<Rest | undefined> {
  if (platform === 'darwin') return parseRest((await ask('pmset', ['-g'])).out);
  if (platform !== 'linux' || !desktop) return undefined;
  const power = 'org.gnome.settings-daemon.plugins.power';
  const [type, sleep, screen, holders] = await Promise.all([
    ask('gsettings', ['get', power, 'sleep-inactive-ac-type']),
    ask('gsettings', ['get', power, 'sleep-inactive-ac-timeout']),
    ask('gsettings', ['get', 'org.gnome.desktop.session', 'idle-delay']),
    ask('systemd-inhibit', ['--list', '--no-legend', '--no-pager']),
  ]);
  return restOf(type.out, sleep.out, screen.out, holders.out);
}

/** What `pmset -g` prints. */
export function parseRest(out: string): Rest | undefined {
  const [, sleep, by = ''] = /^\s*sleep\s+(\d+)(.*)$/m.exec(out) ?? [];
  const [, screen] = /^\s*displaysleep\s+(\d+)/m.exec(out) ?? [];
  if (sleep === undefined) return undefined;
  return {
    sleep: Number(sleep),
    ...(screen !== undefined && { screen: Number(screen) }),
    awake: by.includes('prevented'),
  };
}

/** What GNOME's settings and `systemd-inhibit --list` print. */
export function restOf(
  type: string,
  sleep: string,
  screen: string,
  holders: string,
): Rest | undefined {
  const [after, blank] = [sleep, screen].map((text) => /(\d+)\s*$/.exec(text)?.[1]);
  if (after === undefined && blank === undefined) return undefined;
  const never = type.includes('nothing');
  return {
    ...(after !== undefined && { sleep: never ? 0 : Number(after) / 60 }),
    ...(blank !== undefined && { screen: Number(blank) / 60 }),
    awake: holders.split('\n').some((held) => /\bidle\b.*\bblock\b/.test(held)),
  };
}

export function judgeRest(rest: Rest | undefined, platform: NodeJS.Platform): Finding {
  if (!rest) return skipped('this system does not tell when it sleeps');
  if (rest.awake) return ok('something keeps this machine awake');
  const ends = [
    isSoon(rest.sleep) ? [`the machine sleeps after ${minutes(rest.sleep)}`] : [],
    isSoon(rest.screen) ? [`the screen goes dark after ${minutes(rest.screen)}`] : [],
  ].flat();
  if (ends.length === 0) return ok('neither machine nor screen sleep during a talk');
  const cure =
    platform === 'darwin'
      ? 'caffeinate -dims npm start'
      : 'gnome-session-inhibit --inhibit idle:suspend npm start';
  return warning(ends.join(', '), cure);
}

function isSoon(after: number | undefined): after is number {
  return after !== undefined && after > 0 && after < TALK;
}

function minutes(after: number): string {
  return `${Math.round(after * 10) / 10} min`;
}
