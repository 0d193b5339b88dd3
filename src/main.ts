import type { Alive } from './alive.ts';
import { createAddressBar, takeQuery } from './deck/addressBar.ts';
import { createCurtain } from './deck/curtain.ts';
import { applyEdit } from './deck/edit.ts';
import { createHelp } from './deck/help.ts';
import { listenToKeys } from './deck/keyboard.ts';
import type { Wish } from './deck/keys.ts';
import type { Arrival } from './deck/stage.ts';
import { createTyped } from './deck/typed.ts';
import { firstPaint } from './firstPaint.ts';
import { readSettings } from './settings.ts';
import type { Position } from './shared/position.ts';

await firstPaint(window);
const query = takeQuery(window);
const root = document.querySelector<HTMLElement>('.reveal');
if (root) await open(root);

async function open(root: HTMLElement): Promise<void> {
  let alive: Alive | undefined;
  /** A step of a slide, unlike its entrance, is nothing to its diagrams. */
  let entered: Element | undefined;
  const address = createAddressBar(window, root);
  // The slide of the address shows already: what only moving on needs comes after it.
  const { createStage } = await import('./deck/stage.ts');
  const stage = await createStage(root, address.read() ?? { slide: 0, step: 0 }, arrive);
  const help = createHelp(document);
  const curtain = createCurtain(document);

  window.addEventListener('popstate', () => {
    const position = address.read();
    if (position) stage.go({ type: 'to', position });
    else address.write(stage.position());
  });
  listenToKeys(document, {
    wish(wish, key) {
      const lifts = wish.type !== 'black' && wish.type !== 'white' && curtain.open();
      if (lifts || (key === 'Escape' && alive?.panels.close())) return;
      const chooses = stage.overviewIsOpen() && ['Enter', 'Space'].includes(key);
      carryOut(chooses ? { type: 'overview' } : wish);
    },
    jump(slide) {
      curtain.open();
      stage.go({ type: 'jump', slide });
    },
    typed: createTyped(document),
  });

  const settings = readSettings(query.get('present') ?? undefined);
  if (settings.socket || root.querySelector('.diagram > svg')) {
    // The first slide does not wait for what only diagrams need.
    const { comeAlive } = await import('./alive.ts');
    alive = comeAlive(window, settings, edit);
    arrive(stage.position(), { forward: false });
  }

  function arrive(position: Position, { forward }: Arrival): void {
    address.write(position);
    const slide = sections()[position.slide];
    if (!alive || !slide) return;
    if (slide !== entered) {
      entered = slide;
      alive.enter(slide, position.slide);
    }
    if (forward) alive.pressed(slide, position);
  }

  function sections(): NodeListOf<HTMLElement> {
    return root.querySelectorAll('.slides > section');
  }

  function idOf(index: number): string | undefined {
    return sections()[index]?.dataset.id;
  }

  function edit(payload: unknown): void {
    const { slide } = stage.position();
    const id = idOf(slide);
    if (!applyEdit(root, payload)) return;
    const moved = [...sections()].findIndex((_, index) => idOf(index) === id);
    stage.refresh(moved < 0 ? slide : moved);
  }

  function carryOut(wish: Wish): void {
    switch (wish.type) {
      case 'overview':
        stage.toggleOverview();
        return;
      case 'black':
      case 'white':
        curtain.toggle(wish.type);
        return;
      case 'fullscreen':
        void toggleFullscreen();
        return;
      case 'help':
        help.toggle();
        return;
      case 'scene':
        alive?.playScene();
        return;
      case 'show':
        alive?.changeShow();
        return;
      case 'detail':
      case 'happened':
      case 'change':
        alive?.panels.toggle(wish.type);
        return;
      default:
        stage.go(wish);
    }
  }
}

async function toggleFullscreen(): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // The browser refuses: the talk goes on in its window.
  }
}
