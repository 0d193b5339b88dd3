import { createClusterScreen } from './clusterScreen.ts';
import { connect } from './connection.ts';
import type { Listener } from './feed/live.ts';
import { hint } from './hint.ts';
import { createLibrary } from './library.ts';
import { createLive, type Moment } from './live.ts';
import { createMoments } from './moments.ts';
import type { Panels } from './panels.ts';
import { onPrint } from './print.ts';
import { createRecordedScreen, type RecordedScreen } from './recordedScreen.ts';
import type { Settings } from './settings.ts';
import type { Position } from './shared/position.ts';
import { type SceneCue, sceneCues } from './shared/scene.ts';
import type { Offer, Remark, RunningScene, Show, Up } from './shared/wire.ts';

/** The deck's diagrams, and whoever drives them. */
export interface Alive {
  /**
   * A position of the deck is come to.
   * @param forward by a press that leads on: what the slide asks for there is done
   */
  arrive(slide: Element, position: Position, forward: boolean): void;
  /** The presenter's press: the slide's next scene. */
  playScene(): void;
  /** The presenter's press: from the cluster to a recorded run, or back. */
  changeShow(): void;
  /** The presenter's press: the edit that is offered shows from now on. */
  takeEdit(): void;
  /** What is told beside the diagrams to who asks. */
  readonly panels: Panels;
}

/** Milliseconds. */
const PAUSE_BEFORE_SCENE = 1000;
const READING_TIME = 5000;
/** Seconds in which a second press is the first one's echo. */
const ECHO = 2;

/** Who hears of edits of the deck. */
export interface Writing {
  deck: (payload: unknown) => void;
  offer: (offer: Offer) => void;
  remarks: (remarks: readonly Remark[]) => void;
}

/** Brings the diagrams to life. */
export function comeAlive(window: Window, settings: Settings, writing: Writing): Alive {
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
  const library = createLibrary();
  const load = library({ pace: settings.pace, shorten: settings.autoplay });
  const moments = createMoments(window.document, {
    repertoire: settings,
    load: library({ pace: 'real', shorten: false }),
    writes: settings.dev && settings.token !== undefined,
    onChange: () => live.refresh(),
  });
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
    scene(scene) {
      if (scene.ended === undefined && scene.slide === idNow()) moments.giveWay();
      hearScene(scene);
    },
    show(next, played) {
      // What was under way when the cluster was lost is told again for the recorded run.
      present(next);
      cluster.begin(played);
      live.refresh();
    },
    told: tell,
    ...writing,
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

  onPrint(
    window,
    () => live.print(sectionsOf(window.document), (slide) => moments.onPaper(slide)),
    () => live.resume(),
  );

  function arrive(slide: Element, { slide: index, step }: Position, forward: boolean): void {
    const isEntrance = slide !== entered?.slide;
    const wasFrozen = moments.now() !== undefined;
    entered = { slide, index };
    moments.arrive(slide, step);
    if (isEntrance) enter(slide, index);
    else if (wasFrozen !== (moments.now() !== undefined)) goOnSoon();
    live.refresh();
    if (forward) pressed(slide, step);
  }

  function enter(slide: Element, index: number): void {
    const names = cuesOf(slide).map(({ name }) => name);
    for (const screen of [cluster, recorded]) screen?.enter(idOf(slide), index, names);
    live.enter(slide);
    if (settings.autoplay && names.length > 0) recorded?.rewind();
    goOnSoon();
  }

  function goOnSoon(): void {
    window.clearTimeout(playing);
    if (!settings.autoplay || moments.now()) return;
    playing = window.setTimeout(goOn, PAUSE_BEFORE_SCENE);
  }

  /** On demand: the slide's scenes one after another, each once. */
  function goOn(): void {
    if (!recorded || recorded.left() === 0) return;
    if (!recorded.isPlaying()) playHere(recorded.next());
    goOnSoon();
  }

  function pressed(slide: Element, step: number): void {
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
    const slide = idNow();
    const wish: Up = { type: 'scene', name, by, ...(slide !== undefined && { slide }) };
    // Without a word from the server a recorded talk goes on here.
    if (server?.send(wish)) return;
    moments.giveWay();
    playHere(name);
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
    const moment = moments.now() ?? (recorded ?? cluster).moment();
    return moment && { ...moment, hint: hintNow() };
  }

  function idNow(): string | undefined {
    return entered && idOf(entered.slide);
  }

  function hintNow(): string {
    if (told) return told;
    // A frozen moment is told with more words: there is no room for what a key would do.
    if (!isPresenter || moments.now() || clock() - begun < ECHO) return '';
    return hint({
      feed: show.feed,
      next: (recorded ?? cluster).next(),
      performs: settings.performs,
      hasCluster: settings.show.feed === 'live',
      isLost: cluster.isStale(),
      isAlone: settings.socket && server?.isConnected() !== true,
    });
  }

  function takeEdit(): void {
    if (isPresenter) server?.send({ type: 'take' });
  }

  return { arrive, playScene, changeShow, takeEdit, panels: live.panels };
}

function cuesOf(slide: Element): SceneCue[] {
  return sceneCues(slide.querySelector('[data-scenes]')?.getAttribute('data-scenes') ?? '');
}

function sectionsOf(document: Document): Iterable<Element> {
  return document.querySelectorAll('.slides > section');
}

function idOf(slide: Element): string | undefined {
  return slide.getAttribute('data-id') ?? undefined;
}
