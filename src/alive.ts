import { createClusterScreen } from './clusterScreen.ts';
import { connect } from './connection.ts';
import type { Listener } from './feed/live.ts';
import { loadRecorded } from './feed/recorded.ts';
import { hint } from './hint.ts';
import { createLive, type Moment } from './live.ts';
import type { Panels } from './panels.ts';
import { createRecordedScreen, type RecordedScreen } from './recordedScreen.ts';
import type { Settings } from './settings.ts';
import type { Position } from './shared/position.ts';
import { type SceneCue, sceneCues } from './shared/scene.ts';
import type { RunningScene, Show, Up } from './shared/wire.ts';

/** The deck's diagrams, and whoever drives them. */
export interface Alive {
  enter(slide: Element, index: number): void;
  /** A press has led on to this position: what the slide asks for there is done. */
  pressed(slide: Element, position: Position): void;
  /** The presenter's press: the slide's next scene. */
  playScene(): void;
  /** The presenter's press: from the cluster to a recorded run, or back. */
  changeShow(): void;
  /** What is told beside the diagrams to who asks. */
  readonly panels: Panels;
}

/** Milliseconds. */
const PAUSE_BEFORE_SCENE = 1000;
const READING_TIME = 5000;
/** Seconds in which a second press is the first one's echo. */
const ECHO = 2;

/** Brings the diagrams to life. @param onDeck is told of edits of the deck */
export function comeAlive(
  window: Window,
  settings: Settings,
  onDeck: (payload: unknown) => void,
): Alive {
  const clock = () => window.performance.now() / 1000;
  const isPresenter = !settings.socket || settings.token !== undefined;
  let entered: { slide: Element; index: number } | undefined;
  let begun = Number.NEGATIVE_INFINITY;
  let told = '';
  let forgetting = 0;
  let playing = 0;

  const live = createLive(window, momentNow, press);
  const cluster = createClusterScreen(settings.pace, () => server?.now());
  let show: Show = { feed: 'live' };
  let recorded: RecordedScreen | undefined;
  const load = remembered((address) =>
    loadRecorded(address, (url) => fetch(url), {
      pace: settings.pace,
      shorten: settings.autoplay,
    }),
  );
  present(settings.show);
  const listener: Listener = {
    reset({ flow, show: next, scene, played }) {
      cluster.flow.reset(flow);
      cluster.begin(played);
      present(next);
      if (scene) hearScene(scene);
      // Where the server may be lost, too, the talk goes on from what is here already.
      if (isPresenter && next.feed === 'live') void load(settings.recording);
      live.refresh();
    },
    events(at, events) {
      cluster.flow.events(at, events);
      live.refresh();
    },
    scene: hearScene,
    show(next, played) {
      // What was under way when the cluster was lost is told again for the recorded run.
      present(next);
      cluster.begin(played);
      live.refresh();
    },
    told: tell,
    deck: onDeck,
  };
  const server = settings.socket ? connect(window, settings.token, listener) : undefined;

  function present(next: Show): void {
    if (JSON.stringify(next) === JSON.stringify(show)) return;
    show = next;
    told = '';
    recorded = next.feed === 'recorded' ? openRecorded(next) : undefined;
    if (entered) enter(entered.slide, entered.index);
  }

  function openRecorded(next: Extract<Show, { feed: 'recorded' }>): RecordedScreen {
    const opened = createRecordedScreen({ show: next, load, clock, played: cluster.played() });
    void opened.ready.then(() => {
      if (opened === recorded && entered) enter(entered.slide, entered.index);
    });
    return opened;
  }

  function enter(slide: Element, index: number): void {
    entered = { slide, index };
    const names = cuesOf(slide).map(({ name }) => name);
    for (const screen of [cluster, recorded]) screen?.enter(idOf(slide), index, names);
    live.enter(slide);
    window.clearTimeout(playing);
    if (!settings.autoplay || names.length === 0) return;
    recorded?.rewind();
    playing = window.setTimeout(goOn, PAUSE_BEFORE_SCENE);
  }

  /** On demand: the slide's scenes one after another, each once. */
  function goOn(): void {
    if (!recorded || recorded.left() === 0) return;
    if (!recorded.isPlaying()) playHere(recorded.next());
    playing = window.setTimeout(goOn, PAUSE_BEFORE_SCENE);
  }

  function pressed(slide: Element, { step }: Position): void {
    const cue = cuesOf(slide).find((each) => each.step === step);
    if (cue) ask(cue.name, 'step');
  }

  function playScene(): void {
    const name = (recorded ?? cluster).next();
    if (name !== undefined) ask(name, 'key');
    else if (isPresenter && settings.performs && !recorded && !cluster.isUnderWay()) {
      tell('Every scene of this slide has run. “fluxdeck demo reset” lets them run again.');
    }
  }

  function ask(name: string, by: 'step' | 'key'): void {
    if (!isPresenter || (by === 'key' && clock() - begun < ECHO)) return;
    const slide = entered && idOf(entered.slide);
    const wish: Up = { type: 'scene', name, by, ...(slide !== undefined && { slide }) };
    // Without a word from the server a recorded talk goes on here.
    if (!server?.send(wish)) playHere(name);
  }

  function changeShow(): void {
    if (!isPresenter) return;
    const feed = show.feed === 'live' ? 'recorded' : 'live';
    if (server?.send({ type: 'show', feed }) && server.isConnected()) return;
    if (feed === 'recorded') void goOnAlone();
  }

  async function goOnAlone(): Promise<void> {
    const loaded = await load(settings.recording);
    // What was seen last is more than a diagram of which nothing is known.
    if ('problem' in loaded) return tell(loaded.problem);
    const scene = cluster.isUnderWay();
    present({ feed: 'recorded', recording: settings.recording });
    playHere(scene?.name);
  }

  /** The badge does what it says. */
  function press(): void {
    if (isPresenter && show.feed === 'live' && cluster.isStale()) changeShow();
    else playScene();
  }

  function hearScene(scene: RunningScene): void {
    if (show.feed === 'live') {
      cluster.tell(scene);
      begun = Number.NEGATIVE_INFINITY;
    } else begin(scene.name, clock() - ((server?.now() ?? scene.began) - scene.began));
    live.refresh();
  }

  function playHere(name: string | undefined): void {
    if (name !== undefined) begin(name, clock());
  }

  function begin(name: string, began: number): void {
    if (!recorded) return;
    begun = began;
    recorded.play(name, began);
    live.refresh();
  }

  function tell(words: string): void {
    told = words;
    window.clearTimeout(forgetting);
    forgetting = window.setTimeout(() => {
      told = '';
      live.refresh();
    }, READING_TIME);
    live.refresh();
  }

  function momentNow(): Moment | undefined {
    const moment = (recorded ?? cluster).moment();
    return moment && { ...moment, hint: hintNow() };
  }

  function hintNow(): string {
    if (told) return told;
    if (!isPresenter || clock() - begun < ECHO) return '';
    return hint({
      feed: show.feed,
      next: (recorded ?? cluster).next(),
      performs: settings.performs,
      hasCluster: settings.show.feed === 'live',
      isLost: cluster.isStale(),
      isAlone: settings.socket && server?.isConnected() !== true,
    });
  }

  return { enter, pressed, playScene, changeShow, panels: live.panels };
}

/** What was had once is not asked for again. */
function remembered<T extends object>(
  load: (address: string) => Promise<T | { problem: string }>,
): (address: string) => Promise<T | { problem: string }> {
  const known = new Map<string, T>();
  return async (address) => {
    const loaded = known.get(address) ?? (await load(address));
    if (!('problem' in loaded)) known.set(address, loaded);
    return loaded;
  };
}

function cuesOf(slide: Element): SceneCue[] {
  return sceneCues(slide.querySelector('[data-scenes]')?.getAttribute('data-scenes') ?? '');
}

function idOf(slide: Element): string | undefined {
  return slide.getAttribute('data-id') ?? undefined;
}
