import type { Seconds } from './flow.ts';

/**
 * Small words: revisions, durations and keys as people say them.
 * Nothing here knows what happened; sentences are `say`'s, second lines are `face`'s.
 */

const DIGEST = /(?:\bsha\d+:)([0-9a-f]{1,7})[0-9a-f]*|\b([0-9a-f]{7})[0-9a-f]{33,}\b/g;

/** `main@sha1:f28b489…` → `main@f28b489`; a version or a tag without a digest stays what it is. */
export function shortRevision(revision: string): string {
  return revision
    .replace(/^refs\/(?:heads|tags)\//, '')
    .replace(DIGEST, (_, tagged?: string, bare?: string) => tagged ?? bare ?? '');
}

/** Only the hash of a revision, `f28b489`; a version without a hash is given whole. */
export function shortHash(revision: string): string {
  const short = shortRevision(revision);
  return short.slice(short.lastIndexOf('@') + 1);
}

/** A duration: `0.4 s`, `5.9 s`, `12 s`, `90 s`, `5 min`, `3 h`, `4 days`. Below zero counts as zero. */
export function span(seconds: Seconds): string {
  const tenths = Math.round(Math.max(0, seconds) * 10) / 10;
  if (tenths < 10) return `${tenths} s`;
  const whole = Math.round(tenths);
  if (whole < 120) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** How long something has been so, in units that are full: `0 s`, `12 s`, `5 min`. */
export function age(seconds: Seconds): string {
  return fullUnits(Math.max(0, seconds));
}

/** A moment as time since the feed's beginning: `0:15.2`, `1:02:04.0`, `−0:02.1`. */
export function stamp(seconds: Seconds): string {
  const tenths = Math.round(Math.abs(seconds) * 10);
  const whole = Math.floor(tenths / 10);
  const hours = Math.floor(whole / 3600);
  const minutes = `${Math.floor(whole / 60) % 60}`;
  const rest = `${`${whole % 60}`.padStart(2, '0')}.${tenths % 10}`;
  const sign = seconds < 0 && tenths > 0 ? '−' : '';
  return hours > 0
    ? `${sign}${hours}:${minutes.padStart(2, '0')}:${rest}`
    : `${sign}${minutes}:${rest}`;
}

/** How long something is past, in units that are full: `just now`, `2 s ago`, `5 min ago`. */
export function ago(seconds: Seconds): string {
  return seconds < 1 ? 'just now' : `${fullUnits(seconds)} ago`;
}

/** `Deployment/podinfo/backend` → `backend`. */
export function name(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** `Deployment/podinfo/backend` → `podinfo`. */
export function namespace(key: string): string {
  return key.split('/')[1] ?? '';
}

/** `Deployment/podinfo/backend` → `Deployment`. */
export function kind(key: string): string {
  const slash = key.indexOf('/');
  return slash < 0 ? key : key.slice(0, slash);
}

/** Rounded down: an age only ever counts units that have passed. */
function fullUnits(seconds: Seconds): string {
  if (seconds < 120) return `${Math.floor(seconds)} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}
