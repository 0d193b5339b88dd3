import { KEYS } from './keys.ts';

const SIGNS: Record<string, string> = {
  ArrowRight: '→',
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageDown: 'Page down',
  PageUp: 'Page up',
};

/** The keys of the deck as a dialog; it closes by Escape, by its button and by `?`. */
export function createHelp(document: Document): { toggle(): void } {
  const dialog = document.createElement('dialog');
  dialog.className = 'help';
  dialog.setAttribute('aria-labelledby', 'help-title');

  const title = document.createElement('h2');
  title.id = 'help-title';
  title.textContent = 'Keys';

  const list = document.createElement('dl');
  for (const row of [
    ...KEYS.map(asRow),
    { keys: ['0 … 9'], help: 'Go to a slide by its number' },
  ]) {
    const line = document.createElement('div');
    const does = document.createElement('dt');
    does.textContent = row.help;
    const keys = document.createElement('dd');
    for (const key of row.keys) {
      const sign = document.createElement('kbd');
      sign.textContent = key;
      keys.append(sign, ' ');
    }
    line.append(does, keys);
    list.append(line);
  }

  const close = document.createElement('button');
  close.textContent = 'Close';
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === '?') dialog.close();
  });

  dialog.append(title, list, close);
  document.body.append(dialog);
  return { toggle: () => (dialog.open ? dialog.close() : dialog.showModal()) };
}

function asRow({ keys, help }: (typeof KEYS)[number]) {
  return { help, keys: keys.map((key) => key.replace(/[A-Z][a-zA-Z]+$/, (k) => SIGNS[k] ?? k)) };
}
