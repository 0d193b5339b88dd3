import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Admin, Reach } from './admin.ts';
import type { Built } from './build.ts';
import type { Controlled } from './controlled.ts';
import { type ControlPlane, launcher, startControlPlane } from './controlPlane.ts';
import { startFlux } from './flux.ts';
import { type GitServer, openGitServer } from './gitServer.ts';
import type { ProgramName } from './program.ts';
import { type RawWatch, watchRaw } from './rawWatch.ts';
import { createViewer, type Viewer } from './viewer.ts';

/** A real cluster with real Flux. */
export interface Stack {
  /**
   * Gone when it stops. The API server's certificate and key are in it, as `server.crt` and
   * `server.key`.
   */
  folder: string;
  reach: Reach;
  admin: Admin;
  git: GitServer;
  /** What happens in the cluster, from its start on. */
  raw: RawWatch;
  process: (name: ProgramName) => Controlled;
  /** The folder of the demo that `demo up` made it for; without one tests make what it writes. */
  demo?: string;
  /** A ServiceAccount of this name with the program's own role; no two of one name. */
  viewer: (name: string, namespace?: string) => Promise<Viewer>;
  stop: () => Promise<void>;
}

/** Starts all programs, as processes of this machine; Flux is ready then. Logs are `NAME.log`. */
export async function startStack(built: Built): Promise<Stack> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fluxdeck-cluster-'));
  const processes = new Map<ProgramName, Controlled>();
  // SIGKILL ends even a process that is stopped, or an API server that waits for its etcd.
  const killAll = () => Promise.all([...processes.values()].map((process) => process.kill()));
  const abandon = () => {
    void killAll();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  // Ctrl+C leaves no time to wait for anything.
  process.once('exit', abandon);
  const stop = async () => {
    process.off('exit', abandon);
    await killAll();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const start = launcher(folder, built);
    const launch: typeof start = (name, args, env) => {
      const controlled = start(name, args, env);
      processes.set(name, controlled);
      return controlled;
    };
    const plane: ControlPlane = await startControlPlane(folder, built, launch);
    await startFlux(folder, built, launch, plane);
    const git = await openGitServer(path.join(folder, 'git'));
    const { reach, admin, authority } = plane;
    const raw = await watchRaw(reach);
    return {
      folder,
      reach,
      admin,
      git,
      raw,
      process(name) {
        const process = processes.get(name);
        if (!process) throw new Error(`${name} was not started`);
        return process;
      },
      viewer: (name, namespace) =>
        createViewer({
          admin,
          folder,
          authority,
          server: reach.server,
          name,
          namespace,
        }),
      async stop() {
        raw.stop();
        admin.close();
        await git.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
