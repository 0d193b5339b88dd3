import type { Seconds } from './flow.ts';

/** What a talk has by way of time, as the author wrote it under the title. */
export interface Plan {
  /** `2m`, `90`, `1.5h`, `1h30m`. */
  allotted?: string;
  /** `14:00`, `2026-11-22 14:00`. */
  start?: string;
  end?: string;
}

/** A talk's clock. Its times are seconds since 1970, so that it outlives page and server. */
export interface Timer {
  began: Seconds;
  /** What had run before the last pause ended. */
  spent: Seconds;
  /** Since when it runs; absent while it pauses. */
  since?: Seconds;
  /** When it was last looked at. */
  seen: Seconds;
}

/** How a talk stands. */
export interface Standing {
  elapsed: Seconds;
  /** Of the allotted time, from 0 to 1. */
  share: number;
  /** Beyond the allotted time, else 0. */
  over: Seconds;
}

/** A clock that nobody has looked at for so long belongs to an earlier talk, or a rehearsal. */
const FORGOTTEN: Seconds = 30 * 60;

/** No length of time is written with more characters. */
const LONGEST = 40;

const UNITS: Readonly<Record<string, Seconds>> = { h: 3600, m: 60, s: 1 };

/** A length of time as Rabbit reads it, and several units in a row; undefined if it is none. */
export function secondsOf(text: string): Seconds | undefined {
  if (text.length > LONGEST) return undefined;
  const parts = /^\s*(?:\d*\.?\d+\s*|\d+\.\s*)(?:[hms]\s*(?:\d+\.?\d*\s*[hms]\s*)*)?$/i.exec(text);
  if (!parts) return undefined;
  const all = text.matchAll(/(\d*\.?\d+)\.?\s*([hms])?/gi);
  return [...all].reduce(
    (sum, [, number, unit = 's']) => sum + Number(number) * (UNITS[unit.toLowerCase()] ?? 1),
    0,
  );
}

/**
 * A moment as people write it, in this machine's time zone unless it names one; without a date it
 * is today. Undefined if it is none.
 */
export function momentOf(text: string, now: Seconds): Seconds | undefined {
  const match =
    /^\s*(?:(\d{4})[-/](\d{1,2})[-/](\d{1,2}))?[\sT]*(?:(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*(Z|[+-]\d{2}:?\d{2})?\s*$/i.exec(
      text,
    );
  if (!match || (match[1] === undefined && match[4] === undefined)) return undefined;
  const today = new Date(now * 1000);
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone] = match;
  const date = [
    year === undefined ? today.getFullYear() : Number(year),
    month === undefined ? today.getMonth() : Number(month) - 1,
    day === undefined ? today.getDate() : Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  ] as const;
  const at = zone === undefined ? new Date(...date).getTime() : Date.UTC(...date);
  return Number.isFinite(at) ? at / 1000 - offsetOf(zone) : undefined;
}

function offsetOf(zone: string | undefined): Seconds {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60);
}

/**
 * The time that a talk has which began then: within its hours those count, else `allotted-time`,
 * else as much as its hours last. Undefined when nothing says.
 */
export function allotment(plan: Plan, began: Seconds): Seconds | undefined {
  const hours = hoursOf(plan, began);
  if (hours && isWithin(hours, began)) return hours.end - hours.start;
  const allotted = plan.allotted === undefined ? undefined : secondsOf(plan.allotted);
  if (allotted !== undefined && allotted > 0) return allotted;
  return hours && hours.end - hours.start;
}

/** The first slide after the title shows: within the talk's hours its clock is the one on the wall. */
export function begin(plan: Plan, now: Seconds): Timer {
  const hours = hoursOf(plan, now);
  const since = hours && isWithin(hours, now) ? hours.start : now;
  return { began: now, spent: 0, since, seen: now };
}

/** Pauses, or goes on. */
export function togglePause(timer: Timer, now: Seconds): Timer {
  const { began } = timer;
  if (timer.since === undefined) return { ...timer, since: now, seen: now };
  return { began, spent: elapsed(timer, now), seen: now };
}

export function elapsed({ spent, since }: Timer, now: Seconds): Seconds {
  return since === undefined ? spent : spent + Math.max(0, now - since);
}

/** Where the tortoise is. */
export function standing(timer: Timer, allotted: Seconds, now: Seconds): Standing {
  const gone = elapsed(timer, now);
  return {
    elapsed: gone,
    share: Math.min(1, gone / allotted),
    over: Math.max(0, gone - allotted),
  };
}

/** Minutes and seconds; hours where there are some: `1:20`, `1:02:05`. */
export function clockFace(seconds: Seconds): string {
  const whole = Math.floor(seconds);
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** A clock that was kept; undefined if it is none, or was kept too long ago. */
export function readTimer(text: string | null, now: Seconds): Timer | undefined {
  const kept = parsed(text ?? '');
  if (typeof kept !== 'object' || kept === null) return undefined;
  if (!('began' in kept) || !('spent' in kept) || !('seen' in kept)) return undefined;
  const { began, spent, seen } = kept;
  const since = 'since' in kept ? kept.since : undefined;
  if (!isTime(began) || !isTime(spent) || !isTime(seen)) return undefined;
  if (since !== undefined && !isTime(since)) return undefined;
  if (Math.abs(now - seen) > FORGOTTEN) return undefined;
  return { began, spent, seen, ...(since !== undefined && { since }) };
}

function isTime(value: unknown): value is Seconds {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Hours {
  start: Seconds;
  end: Seconds;
}

function hoursOf(plan: Plan, now: Seconds): Hours | undefined {
  const start = momentOf(plan.start ?? '', now);
  const end = momentOf(plan.end ?? '', now);
  return start !== undefined && end !== undefined && start < end ? { start, end } : undefined;
}

function isWithin({ start, end }: Hours, at: Seconds): boolean {
  return start <= at && at <= end;
}
