import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, existsSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import type { Seconds } from '../../src/shared/flow.ts';
import { steadyClock } from '../clock.ts';
import { duration } from '../cluster/duration.ts';
import { type Access, accessOpener } from '../cluster/watch/access.ts';
import { captureLine } from '../cluster/watch/captureLine.ts';
import { watchCluster } from '../cluster/watch/cluster.ts';
import { KINDS } from '../cluster/watch/kinds.ts';
import { versionOf } from '../cluster/watch/version.ts';
import type { Io } from '../io.ts';
import { Mistake, reasonOf } from '../mistake.ts';
import { count } from './tell.ts';

export interface CaptureOptions {
  out: string;
  context?: string;
  kubeconfig?: string;
  namespace?: string;
  /** As in `90s` or `1h30m`. */
  for?: string;
  json?: boolean;
}

/** Writes down what a cluster does, from now until it is interrupted or the time is over. */
export async function capture(options: CaptureOptions, io: Io): Promise<void> {
  const limit = options.for === undefined ? undefined : limitOf(options.for);
  const { out, context, kubeconfig, namespace } = options;
  if (existsSync(out)) throw there(out);
  const open = accessOpener({
    ...(kubeconfig !== undefined && { files: [kubeconfig] }),
    ...(context !== undefined && { context }),
  });
  const kubernetes = await greet(await open());
  const interruption = interrupted();

  const started = new Date().toISOString();
  const clock = steadyClock();
  const file = await openFile(out);
  let lines = 0;
  const write = (line: string) => {
    lines += 1;
    file.write(`${line}\n`);
  };
  const run = path.basename(out).replace(/\.\w+$/, '');
  write(JSON.stringify({ run, version: 1, started, kubernetes }));

  const key = randomBytes(32).toString('hex');
  const watch = watchCluster({
    open,
    kinds: namespace === undefined ? KINDS : KINDS.map((kind) => ({ ...kind, namespace })),
    clock,
    schedule,
    onObservation: (observation) => {
      if (observation.type === 'watch') write(captureLine(observation, key));
    },
    onHealth: ({ text }) => io.err(text),
    log: io.err,
  });
  io.err(`Capturing into ${out}. Ctrl+C ends it.`);
  const broken = once(file, 'error').then(([error]: unknown[]) => error);
  const over = limit === undefined ? interruption : Promise.race([interruption, passed(limit)]);
  const error = await Promise.race([over, broken]);
  watch.stop();
  if (error !== undefined) throw new Mistake(`${out} can't be written: ${reasonOf(error)}.`);
  await closed(file);
  const made = { out: path.resolve(out), lines, seconds: Math.round(clock()) };
  io.out(
    options.json
      ? JSON.stringify(made)
      : `${count(lines, 'line')} in ${made.seconds} s → ${out}\nMake a recording of it: fluxdeck import ${out} -o FILE`,
  );
}

function limitOf(text: string): Seconds {
  const limit = duration(text);
  if (limit !== undefined && limit > 0) return limit;
  throw new Mistake(`--for takes a duration such as 90s, 10m or 1h30m, not ${text}.`, 2);
}

/** Who captures is there to see that it works: what does not answer now is told at once. */
async function greet(access: Access): Promise<string | undefined> {
  return versionOf(access, schedule).catch(() => {
    throw new Mistake(
      'The cluster does not answer. See whether kubectl reaches it: kubectl version',
    );
  });
}

/** Never in place of another file; and it is nobody else's to read. */
async function openFile(out: string): Promise<WriteStream> {
  const file = createWriteStream(out, { flags: 'wx', mode: 0o600 });
  try {
    await once(file, 'open');
    return file;
  } catch (error) {
    if (existsSync(out)) throw there(out);
    throw new Mistake(`${out} can't be written: ${reasonOf(error)}.`);
  }
}

function there(out: string): Mistake {
  return new Mistake(`${out} is there already. Name another file, or remove it: rm ${out}`);
}

function schedule(after: Seconds, run: () => void): () => void {
  const timer = setTimeout(run, after * 1000);
  return () => clearTimeout(timer);
}

function passed(after: Seconds): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, after * 1000).unref();
  });
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

async function closed(file: WriteStream): Promise<void> {
  file.end();
  await once(file, 'close');
}
