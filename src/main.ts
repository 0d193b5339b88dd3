import { createAddressBar, takeQuery } from './deck/addressBar.ts';
import { createCurtain } from './deck/curtain.ts';
import { createHelp } from './deck/help.ts';
import { listenToKeys } from './deck/keyboard.ts';
import type { Wish } from './deck/keys.ts';
import { createStage, type Stage } from './deck/stage.ts';
import type { Position } from './shared/position.ts';

const query = takeQuery(window);
const root = document.querySelector<HTMLElement>('.reveal');
if (root) await open(root);

async function open(root: HTMLElement): Promise<void> {
  const ids = [...root.querySelectorAll<HTMLElement>('.slides > section')].map(
    ({ dataset }) => dataset['id'] ?? '',
  );
  const address = createAddressBar(window, ids);
  const stage = await createStage(root, address.read() ?? { slide: 0, step: 0 }, arrive);
  const help = createHelp(document);
  const curtain = createCurtain(document);
  const typed = createTyped();

  window.addEventListener('popstate', () => {
    const position = address.read();
    if (position) stage.go({ type: 'to', position });
  });

  listenToKeys(document, {
    wish: (wish) => {
      const lifted = wish.type !== 'black' && wish.type !== 'white' && curtain.open();
      if (!lifted) carryOut(wish, stage);
    },
    jump: (slide) => stage.go({ type: 'jump', slide }),
    typed,
  });

  function arrive(position: Position): void {
    address.write(position);
  }

  function carryOut(wish: Wish, stage: Stage): void {
    switch (wish.type) {
      case 'overview':
        return stage.toggleOverview();
      case 'black':
      case 'white':
        return curtain.toggle(wish.type);
      case 'fullscreen':
        return void toggleFullscreen();
      case 'help':
        return help.toggle();
      case 'scene':
        return;
      default:
        return stage.go(wish);
    }
  }
}

async function toggleFullscreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen();
}

function createTyped(): (digits: string) => void {
  const sign = document.createElement('div');
  sign.className = 'typed';
  sign.setAttribute('role', 'status');
  sign.hidden = true;
  document.body.append(sign);
  return (digits) => {
    sign.textContent = digits;
    sign.hidden = !digits;
  };
}
