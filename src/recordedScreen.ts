import type { Alive } from './alive.ts';
import { connect } from './connection.ts';
import { loadRecorded } from './feed/recorded.ts';
import { createTheatre, type Theatre } from './feed/theatre.ts';
import { createLive, type Moment } from './live.ts';
import type { Settings } from './settings.ts';
import { empty } from './shared/reduce.ts';

const KEY = 'Shift+L';
/** Milliseconds. */
const PAUSE_BEFORE_SCENE = 1000;
/** Seconds in which a second press is the first one's echo. */
const ECHO = 2;

/** Scenes of a recording that every page plays by itself; a server only says which, and when. */
export function playRecording(
  window: Window,
  settings: Settings,
  onDeck: (payload: unknown) => void,
): Alive {
  const clock = () => window.performance.now() / 1000;
  const mayPlay = !settings.socket || settings.token !== undefined;
  let theatre: Theatre | undefined;
  /** Begun before the recording was here. */
  let awaited: { name: string; began: number } | undefined;
  let problem = '';
  let entered: { slide: Element; index: number } | undefined;
  let timer = 0;
  let connected = true;
  let begun = Number.NEGATIVE_INFINITY;

  const live = createLive(window, momentNow, playScene);
  const feed = settings.socket
    ? connect(window, settings.token, {
        reset: ({ scene, now }) => {
          connected = true;
          if (scene) begin(scene.name, clock() - (now - scene.began));
        },
        events: (_, events) => {
          connected = !events.some((event) => event.type === 'health' && event.state === 'stale');
          live.refresh();
        },
        scene: ({ name, began }) => begin(name, clock() - ((feed?.now() ?? began) - began)),
        deck: onDeck,
      })
    : undefined;
  void load();

  async function load(): Promise<void> {
    const options = { pace: settings.pace, shorten: settings.autoplay };
    const loaded = await loadRecorded(settings.recording ?? '', (url) => fetch(url), options);
    if ('problem' in loaded) problem = loaded.problem;
    else theatre = createTheatre(loaded.player, clock);
    if (entered) enter(entered.slide, entered.index);
    if (awaited) begin(awaited.name, awaited.began);
  }

  function enter(slide: Element, index: number): void {
    entered = { slide, index };
    theatre?.enter(index, scenesOf(slide));
    live.enter(slide);
    window.clearTimeout(timer);
    if (!settings.autoplay || scenesOf(slide).length === 0) return;
    theatre?.rewind();
    timer = window.setTimeout(goOn, PAUSE_BEFORE_SCENE);
  }

  /** On demand: the slide's scenes one after another, each once. */
  function goOn(): void {
    if (!theatre || theatre.left() === 0) return;
    if (theatre.show()?.playing === undefined) playHere();
    timer = window.setTimeout(goOn, PAUSE_BEFORE_SCENE);
  }

  function playScene(): void {
    const name = theatre?.next();
    if (name === undefined || !mayPlay || clock() - begun < ECHO) return;
    // Without a word from the server the talk goes on here.
    if (!feed?.send({ type: 'scene', name })) playHere();
  }

  function playHere(): void {
    const name = theatre?.next();
    if (name !== undefined) begin(name, clock());
  }

  function begin(name: string, began: number): void {
    begun = began;
    if (theatre) theatre.play(name, began);
    else awaited = { name, began };
    live.refresh();
  }

  function momentNow(): Moment | undefined {
    const scenery = theatre?.show();
    if (!scenery) return problem ? brokenMoment(problem) : undefined;
    const { flow, now, playing, fast } = scenery;
    const pace = fast ? ' · silence shortened' : '';
    return {
      flow,
      now,
      badge: `${flow.health.text}${playing === undefined ? '' : ` · ${playing}`}${pace}`,
      hint: hintNow(),
      time: playing === undefined ? 'frozen' : 'frames',
    };
  }

  function hintNow(): string {
    const next = theatre?.next();
    if (next === undefined || !mayPlay || clock() - begun < ECHO) return '';
    return `${KEY}: ${next}${settings.socket && !connected ? ', on this page only' : ''}`;
  }

  return { enter, playScene };
}

function brokenMoment(problem: string): Moment {
  return {
    flow: empty({ state: 'recorded', text: problem }),
    now: 0,
    badge: problem,
    hint: '',
    time: 'frozen',
  };
}

function scenesOf(slide: Element): string[] {
  const named = slide.querySelector('[data-scenes]')?.getAttribute('data-scenes') ?? '';
  return named.split(' ').filter(Boolean);
}
