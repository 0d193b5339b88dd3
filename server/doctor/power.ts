import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Finding, ok, skipped, warning } from './check.ts';
import type { Ask } from './program.ts';

export interface Power {
  battery: boolean;
  /** Left in the battery, if there is one. */
  percent?: number;
}

/** A talk's worth. */
const ENOUGH = 30;

const SUPPLIES = '/sys/class/power_supply';

/** Undefined where the system does not tell, or has no battery. */
export async function readPower(
  platform: NodeJS.Platform,
  ask: Ask,
  supplies: string = SUPPLIES,
): Promise<Power | undefined> {
  if (platform === 'darwin') return parsePmset((await ask('pmset', ['-g', 'batt'])).out);
  if (platform !== 'linux') return undefined;
  const names = await readdir(supplies).catch(() => []);
  const all = await Promise.all(names.map((name) => readSupply(path.join(supplies, name))));
  return powerOf(all);
}

/** A folder of `/sys/class/power_supply`. */
export interface Supply {
  type: string;
  status: string;
  capacity: string;
  /** A mouse has a battery, too: its scope is `Device`. */
  scope: string;
}

export function powerOf(supplies: readonly Supply[]): Power | undefined {
  const battery = supplies.find(({ type, scope }) => type === 'Battery' && scope !== 'Device');
  if (!battery) return undefined;
  const percent = Number.parseInt(battery.capacity, 10);
  return {
    battery: battery.status === 'Discharging',
    ...(Number.isFinite(percent) && { percent }),
  };
}

async function readSupply(folder: string): Promise<Supply> {
  const read = (name: string) =>
    readFile(path.join(folder, name), 'utf8').then(
      (text) => text.trim(),
      () => '',
    );
  const [type, status, capacity, scope] = await Promise.all([
    read('type'),
    read('status'),
    read('capacity'),
    read('scope'),
  ]);
  return { type, status, capacity, scope };
}

/** What `pmset -g batt` prints. */
export function parsePmset(out: string): Power | undefined {
  const [, source] = /drawing from '([^']+)'/.exec(out) ?? [];
  const [, percent] = /(\d+)%/.exec(out) ?? [];
  if (source === undefined || percent === undefined) return undefined;
  return { battery: source === 'Battery Power', percent: Number(percent) };
}

export function judgePower(power: Power | undefined): Finding {
  if (!power) return skipped('this system tells of no battery');
  const left = power.percent === undefined ? '' : `, ${power.percent} %`;
  if (!power.battery) return ok(`plugged in${left}`);
  if ((power.percent ?? 0) >= ENOUGH) return ok(`on battery${left}`);
  return warning(`on battery${left}`, 'Plug it in.');
}
