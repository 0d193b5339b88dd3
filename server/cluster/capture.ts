import type { Seconds } from '../../src/shared/flow.ts';
import { count, type Fields, fields, json, text } from './object.ts';
import type { GitHappening, Observation, Watched } from './observation.ts';

/** The raw stream of a cluster, kept in a file of JSON Lines. */
export interface Capture {
  /** Undefined of a file that begins with no header: then there is a problem that says so. */
  header?: CaptureHeader;
  /** By time; what has the same time in the order of the file. */
  observations: Observation[];
  problems: CaptureProblem[];
}

export interface CaptureHeader {
  /** The run's name. */
  run: string;
  version: number;
  /** ISO date: what every time counts from. */
  started: string;
}

/** A line that could not be read. Lines count from 1. */
export interface CaptureProblem {
  line: number;
  message: string;
}

export function parseCapture(written: string): Capture {
  const [first = '', ...rest] = written.split('\n');
  const header = captureHeader(fields(json(first)));
  const observations: Observation[] = [];
  const problems: CaptureProblem[] = [];
  if (!header)
    problems.push({ line: 1, message: 'is no header: it needs run, version 1, started' });
  for (const [index, line] of rest.entries()) {
    if (line.trim() === '') continue;
    const observation = observationOf(fields(json(line)));
    if (typeof observation === 'string') problems.push({ line: index + 2, message: observation });
    else observations.push(observation);
  }
  observations.sort((one, other) => one.at - other.at);
  return { ...(header && { header }), observations, problems };
}

function captureHeader(line: Fields): CaptureHeader | undefined {
  const run = text(line.run);
  const started = text(line.started);
  if (run === undefined || started === undefined || line.version !== 1) return undefined;
  return Number.isNaN(Date.parse(started)) ? undefined : { run, version: 1, started };
}

/** The observation, or what is wrong with the line. */
function observationOf(line: Fields): Observation | string {
  const at = count(line.t);
  if (at === undefined) return 'is no JSON object with a time `t`';
  if (text(line.watch) !== undefined) return watchedOf(at, line);
  if (text(line.git) !== undefined) return hostedOf(at, line);
  const name = text(line.marker);
  return name === undefined ? 'has no watch, git or marker' : { at, type: 'marker', name };
}

const changes: readonly Watched['change'][] = [
  'LIST',
  'LISTED',
  'ADDED',
  'MODIFIED',
  'DELETED',
  'BOOKMARK',
  'ERROR',
];

function watchedOf(at: Seconds, line: Fields): Observation | string {
  const change = changes.find((known) => known === line.type);
  if (!change) return `has an unknown type of watch event, ${String(line.type)}`;
  return { at, type: 'watch', kind: text(line.watch) ?? '', change, object: line.object };
}

function hostedOf(at: Seconds, line: Fields): Observation | string {
  const happened = happening(line);
  if (!happened) return `has an unknown event of a Git host, ${String(line.git)}`;
  return { at, type: 'git', happened, repository: text(line.repository) ?? '' };
}

function happening(line: Fields): GitHappening | undefined {
  const revision = text(line.revision);
  const subject = text(line.subject);
  const patch = text(line.patch);
  switch (line.git) {
    case 'refs':
      return { what: 'refs', service: text(line.service) ?? '' };
    case 'receive-pack':
      return {
        what: 'receive-pack',
        ...(revision !== undefined && { revision }),
        ...(subject !== undefined && { subject }),
        ...(patch !== undefined && { patch }),
      };
    case 'webhook':
      return {
        what: 'webhook',
        status: count(line.status) ?? 0,
        ...(revision !== undefined && { revision }),
      };
    case 'upload-pack':
    case 'refused':
      return { what: line.git };
    default:
      return undefined;
  }
}
