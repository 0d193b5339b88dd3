import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { Argument, Command, CommanderError, Option } from 'commander';
import { SCENES } from '../src/shared/scene.ts';
import { CACHE } from './cache.ts';
import { defaultDeck } from './deck/load.ts';
import type { Io } from './io.ts';
import { Mistake, systemCode } from './mistake.ts';
import { ownVersion } from './version.ts';

const io: Io = {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  progress: (line) => {
    if (process.stderr.isTTY) console.error(line);
  },
  display:
    process.stdout.isTTY === true &&
    process.env.CI === undefined &&
    (process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)),
};

const DECK =
  'the talk: a Markdown file (default: what package.json names under fluxdeck.deck, else the only one in slides/)';

/** Commander's names for what was asked wrongly begin so; help and version are no mistakes. */
function exitCodeOf(error: unknown): number {
  if (error instanceof Mistake) {
    io.err(`fluxdeck: ${error.message}`);
    return error.exitCode;
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  io.err(
    `fluxdeck: something broke that should not have.\n${String(error instanceof Error ? error.stack : error)}`,
  );
  return 1;
}

/** Each command brings its own modules along, so that asking for help is quick. */
function program(): Command {
  const deckOf = (name: string | undefined) => name ?? defaultDeck(process.cwd());
  const fluxdeck = new Command('fluxdeck')
    .description('Talks in Markdown whose diagrams show, live, what Flux does in a cluster.')
    .version(ownVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .showSuggestionAfterError()
    .showHelpAfterError('Run with --help for an example.')
    .exitOverride()
    .addHelpText(
      'after',
      '\nExample:\n  fluxdeck start talk.md        present it at http://127.0.0.1:4321/\n  fluxdeck build talk.md -o site   write it as a static site',
    );

  fluxdeck
    .command('new')
    .argument('<folder>', 'where to; its name becomes the title')
    .description('begin a talk: a deck, its look, a picture, scripts, and a workflow to publish it')
    .option('--json', 'print what was made as JSON')
    .addHelpText('after', '\nExample:\n  fluxdeck new my-talk')
    .action(async (folder: string, options) => {
      const { newTalk } = await import('./commands/new.ts');
      await newTalk(folder, options, io);
    });

  fluxdeck
    .command('start')
    .argument('[deck]', DECK)
    .description('present a talk in the browser')
    .option(
      '-p, --port <number>',
      'the port, and no other (default: 4321, or the next free one)',
      port,
    )
    .option('--theme <theme>', 'how it looks: a theme by its name, or a CSS file of your own')
    .option('--dev', 'show each edit of the deck at once, on the slide')
    .option('--context <name>', 'follow this cluster of your kubeconfig; it is only looked at')
    .option('--kubeconfig <file>', 'the kubeconfig to find it in (default: as kubectl does)')
    .option('--namespace <name>', 'look at this namespace only')
    .option('--as <name>', 'what the audience reads for the cluster; its own name never shows')
    .option('--recorded', 'play the recorded run, even if the demo’s cluster is up')
    .addOption(
      new Option('--fallback <when>', 'to a recorded run and back: by key, or by itself after 10 s')
        .choices(['key', 'auto'])
        .default('key'),
    )
    .option('--allow-scenes', 'let scenes run in a cluster that “demo up” did not make')
    .option('--scenes', 'let scenes run with --dev, too')
    .option('--from <file>', 'play a capture or a recording as a stand-in for a cluster')
    .addOption(
      new Option(
        '--pace <pace>',
        'what happens is shown slowly enough to follow, or as fast as it is',
      )
        .choices(['visible', 'real'])
        .default('visible'),
    )
    .option('--no-open', 'open no browser')
    .option('--json', 'print addresses as JSON')
    .addHelpText('after', '\nExample:\n  fluxdeck start slides/flux-basics.md --dev')
    .action(async (deck: string | undefined, options) => {
      const { start } = await import('./commands/start.ts');
      await start(deckOf(deck), options, io);
    });

  fluxdeck
    .command('build')
    .argument('[deck]', DECK)
    .description('write a talk as a static site that plays by itself')
    .option('-o, --out <folder>', 'where to', 'dist')
    .option('--theme <theme>', 'how it looks: a theme by its name, or a CSS file of your own')
    .option('--json', 'print what was written as JSON')
    .addHelpText('after', '\nExample:\n  fluxdeck build slides/flux-basics.md -o site')
    .action(async (deck: string | undefined, options) => {
      const { build } = await import('./commands/build.ts');
      await build(deckOf(deck), options, io);
    });

  fluxdeck
    .command('check')
    .argument('[deck]', DECK)
    .description('name the problems of a talk; exit code 1 if there is an error')
    .option('--strict', 'warnings fail, too')
    .option('--online', 'try the links to the web; answers are kept for a day')
    .option('--no-browser', 'estimate what fits on a slide, instead of measuring it in a browser')
    .option('--theme <theme>', 'in this look: a theme by its name, or a CSS file of your own')
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExample:\n  fluxdeck check slides/flux-basics.md')
    .action(async (deck: string | undefined, options) => {
      const { check } = await import('./commands/check.ts');
      process.exitCode = await check(deckOf(deck), options, io);
    });

  fluxdeck
    .command('outline')
    .argument('[deck]', DECK)
    .description('print what a talk consists of: slides, steps, notes, diagrams')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExample:\n  fluxdeck outline slides/flux-basics.md --json')
    .action(async (deck: string | undefined, options) => {
      const { outline } = await import('./commands/outline.ts');
      await outline(deckOf(deck), options, io);
    });

  fluxdeck
    .command('import')
    .argument('<capture>', 'a raw stream of a cluster, as JSON Lines')
    .description('make a recording of a capture')
    .requiredOption('-o, --out <file>', 'the recording to write')
    .option('--title <text>', 'its title (default: the run’s name)')
    .option('--json', 'print what was made as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  fluxdeck import runs/webinar.jsonl -o assets/recordings/webinar.jsonl',
    )
    .action(async (capture: string, options) => {
      const { importCapture } = await import('./commands/import.ts');
      await importCapture(capture, options, io);
    });

  fluxdeck
    .command('capture')
    .description('write down what a cluster does, without secrets, until Ctrl+C')
    .requiredOption('-o, --out <file>', 'the capture to write')
    .option('--context <name>', 'the cluster, as kubectl calls it (default: the current one)')
    .option('--kubeconfig <file>', 'where it is described (default: as kubectl has it)')
    .option('--namespace <name>', 'only what is in it')
    .option('--for <duration>', 'end by itself, as after 90s or 10m')
    .option('--json', 'print what was written as JSON')
    .addHelpText('after', '\nExample:\n  fluxdeck capture --context kind-demo -o demo.jsonl')
    .action(async (options) => {
      const { capture } = await import('./commands/capture.ts');
      await capture(options, io);
    });

  fluxdeck
    .command('scene')
    .addArgument(new Argument('<name>', 'what is to happen').choices(SCENES))
    .description('make something happen in the demo’s cluster, seen in the talk that is open')
    .option('--json', 'print how it ended as JSON')
    .addHelpText('after', '\nExample:\n  fluxdeck scene drift')
    .action(async (name: string, options) => {
      const { scene } = await import('./commands/scene.ts');
      process.exitCode = await scene(name, options, io);
    });

  fluxdeck
    .command('doctor')
    .argument('[deck]', DECK)
    .description('before a talk: look whether all is ready; exit code 1 if something is not')
    .option('--context <name>', 'with this cluster of your kubeconfig (default: the demo’s)')
    .option('--kubeconfig <file>', 'the kubeconfig to find it in (default: as kubectl does)')
    .option('--json', 'print what was found as JSON')
    .addHelpText('after', '\nExample:\n  fluxdeck doctor slides/flux-basics.md')
    .action(async (deck: string | undefined, options) => {
      const { doctor } = await import('./commands/doctor.ts');
      process.exitCode = await doctor(deckOf(deck), options, io);
      // What does not answer keeps nobody waiting.
      setTimeout(() => process.exit(), 300).unref();
    });

  addDemo(fluxdeck);
  return fluxdeck;
}

/** The demo's own commands. */
function addDemo(fluxdeck: Command): void {
  const demo = fluxdeck
    .command('demo')
    .description('the live demo: a kind cluster with Flux, a Git host and a small app')
    .addHelpText('after', '\nExample:\n  fluxdeck demo up');
  demo
    .command('up')
    .description('make it; a second time it goes on where it was, without a network')
    .option('--name <name>', 'of the kind cluster (default: fluxdeck)')
    .option('--node-image <image>', 'the Kubernetes node (default: pinned)')
    .option('--app-image <image>', 'the app (default: podinfo, pinned)')
    .option('--print', 'print kind’s configuration and the manifests, and make nothing')
    .option('--json', 'print what was made as JSON')
    .addHelpText('after', '\nExample:\n  fluxdeck demo up --node-image kindest/node:local')
    .action(async (options) => {
      const { demoUp } = await import('./commands/demo.ts');
      await demoUp(options, io);
    });
  demo
    .command('down')
    .description('take away everything that it made')
    .option('--keep-images', 'leave what it pulled in Docker')
    .option('--json', 'print what was taken away as JSON')
    .addHelpText('after', '\nExample:\n  fluxdeck demo down')
    .action(async (options) => {
      const { demoDown } = await import('./commands/demo.ts');
      await demoDown(options, io);
    });
  demo
    .command('status')
    .description('pristine or used, and why; exit code 1 if it is not pristine')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExample:\n  fluxdeck demo status')
    .action(async (options) => {
      const { demoStatusCommand } = await import('./commands/demo.ts');
      process.exitCode = await demoStatusCommand(options, io);
    });
  demo
    .command('reset')
    .description('bring everything back to what `demo up` left; needs no network')
    .option('--json', 'print what was done as JSON')
    .addHelpText('after', '\nExample:\n  fluxdeck demo reset')
    .action(async (options) => {
      const { demoReset } = await import('./commands/demo.ts');
      await demoReset(options, io);
    });
}

function port(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number < 65536) return number;
  throw new Mistake(`--port takes a number from 0 (any free one) to 65535, not ${text}.`, 2);
}

// Who reads only the first lines, as `head` does, has had what he wanted.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => process.exit(systemCode(error) === 'EPIPE' ? 0 : 1));
}

// What a command brings along is compiled once, not at each start.
enableCompileCache(path.join(CACHE, 'compiled'));

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
