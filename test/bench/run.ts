// Measures what the deck promises, beside plain reveal.js: node test/bench/run.ts [--quick] [--json] [bench …]
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';
import { building } from './building.ts';
import { cluster } from './cluster.ts';
import { deepLink } from './deepLink.ts';
import type { Figure } from './figure.ts';
import { keyPress } from './keyPress.ts';
import { latency } from './latency.ts';
import { paint } from './paint.ts';
import { reading } from './reading.ts';
import { smoothness } from './smoothness.ts';
import { starting } from './starting.ts';
import { table } from './table.ts';
import { openTestbed } from './testbed.ts';
import { weight } from './weight.ts';
import { writing } from './writing.ts';

const BENCHES: Readonly<Record<string, Bench>> = {
  weight,
  paint,
  deepLink,
  keyPress,
  reading,
  building,
  starting,
  latency,
  smoothness,
  writing,
};

/** They need Go, and minutes: measured only when they are named. */
const ON_REQUEST: Readonly<Record<string, Bench>> = { cluster };
const ALL = { ...BENCHES, ...ON_REQUEST };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, json: { type: 'boolean' } },
});
const unknown = positionals.filter((name) => !(name in ALL));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}: ${Object.keys(ALL).join(', ')}.`);
  process.exitCode = 2;
} else await measure();

async function measure(): Promise<void> {
  const testbed = await openTestbed(values.quick ? 3 : 7);
  try {
    const begun = load();
    const figures: Figure[] = [];
    for (const [name, bench] of Object.entries(positionals.length > 0 ? ALL : BENCHES)) {
      if (positionals.length > 0 && !positionals.includes(name)) continue;
      console.error(`${name} …`);
      figures.push(...(await bench(testbed)));
    }
    const machine = {
      browser: `Chromium ${testbed.browser.version()}`,
      node: process.version,
      cores: availableParallelism(),
      load: { begun, ended: load() },
      runs: testbed.runs,
    };
    if (values.json) console.log(JSON.stringify({ machine, figures }, null, 2));
    else {
      console.log(table(figures));
      console.log(
        `\n${machine.browser}, Node ${machine.node}, ${machine.cores} cores, load ${begun} to ${machine.load.ended}, medians of ${machine.runs}`,
      );
    }
  } finally {
    await testbed.close();
  }
}

/** What else the machine did in the last minute. */
function load(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}
