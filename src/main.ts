import type { Alive } from './alive.ts';
import { createAddressBar, takeQuery } from './deck/addressBar.ts';
import { createAnnouncer } from './deck/announcer.ts';
import { createCurtain } from './deck/curtain.ts';
import { applyEdit } from './deck/edit.ts';
import { createHelp } from './deck/help.ts';
import { listenToKeys } from './deck/keyboard.ts';
import type { Wish } from './deck/keys.ts';
import { createLook } from './deck/look.ts';
import type { Arrival } from './deck/stage.ts';
import { createTortoise, type Tortoise } from './deck/tortoise.ts';
import { createTyped } from './deck/typed.ts';
import { firstPaint } from './firstPaint.ts';
import { readSettings } from './settings.ts';
import type { Position } from './shared/position.ts';
import { createChip } from './writing/chip.ts';
import type { Margin } from './writing/margin.ts';

const NO_CLOCK = 'The clock is the presenter’s.';

const look = createLook(window);
await firstPaint(window);
const query = takeQuery(window);
const root = document.querySelector<HTMLElement>('.reveal');
if (root) await open(root);

async function open(root: HTMLElement): Promise<void> {
  let alive: Alive | undefined;
  let tortoise: Tortoise | undefined;
  let margin: Margin | undefined;
  const address = createAddressBar(window, root);
  // The slide of the address shows already: what only moving on needs comes after it.
  const { createStage } = await import('./deck/stage.ts');
  const stage = await createStage(root, address.read() ?? { slide: 0, step: 0 }, arrive);
  const help = createHelp(document);
  const announce = createAnnouncer(root);
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
  if (settings.token !== undefined && settings.socket) {
    tortoise = createTortoise(window, `fluxdeck.timer.${settings.deck}`, () => Date.now() / 1000);
    arrive(stage.position(), { forward: false });
  }
  if (settings.socket || root.querySelector('.diagram > svg')) {
    // The first slide does not wait for what only diagrams need.
    const { comeAlive } = await import('./alive.ts');
    const chip = createChip(document, () => alive?.takeEdit());
    if (settings.dev) margin = (await import('./writing/margin.ts')).createMargin(document);
    alive = comeAlive(window, settings, {
      deck: (payload) => void edit(payload),
      offer: chip,
      remarks: (remarks) => margin?.set(remarks),
    });
    arrive(stage.position(), { forward: false });
  }

  if (document.body.dataset.measure === 'true') {
    const { measureAll } = await import('./writing/overflow.ts');
    const measured = await measureAll(document, sections());
    document.body.dataset.measured = JSON.stringify(measured);
  }

  function arrive(position: Position, { forward }: Arrival): void {
    address.write(position);
    const slide = sections()[position.slide];
    if (slide) tortoise?.enter(slide);
    if (slide) margin?.enter(slide);
    if (slide) alive?.arrive(slide, position, forward);
  }

  function sections(): NodeListOf<HTMLElement> {
    return root.querySelectorAll('.slides > section');
  }

  function idOf(index: number): string | undefined {
    return sections()[index]?.dataset.id;
  }

  /** Where the talk stands stays; who is writing is led to the first slide that is edited. */
  async function edit(payload: unknown): Promise<void> {
    const { slide } = stage.position();
    const id = idOf(slide) ?? '';
    const edited = await applyEdit(root, payload);
    if (!edited) return;
    look.edit(payload);
    const { step } = stage.position();
    const ids = [...sections()].map((section) => section.dataset.id ?? '');
    const [first] = edited.includes(id) ? [] : edited;
    const led = first === undefined ? -1 : ids.indexOf(first);
    const moved = ids.indexOf(id);
    stage.refresh(
      // All its steps: what was edited may be in any of them.
      led < 0
        ? { slide: moved < 0 ? slide : moved, step }
        : { slide: led, step: Number.MAX_SAFE_INTEGER },
    );
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
      case 'theme':
        announce(look.nextTheme());
        return;
      case 'scheme':
        announce(look.nextScheme());
        return;
      case 'pause':
        announce(tortoise?.pause() ?? NO_CLOCK);
        return;
      case 'restart':
        announce(tortoise?.restart() ?? NO_CLOCK);
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
      case 'take':
        alive?.takeEdit();
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
