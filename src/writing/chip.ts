import type { Offer } from '../shared/wire.ts';

const KEY = 'Shift+E';

/** A quiet sign of an edit that waits to be taken, or of why it can't be. */
export function createChip(document: Document, onTake: () => void): (offer: Offer) => void {
  const chip = document.createElement('div');
  chip.className = 'chip';
  chip.setAttribute('role', 'status');
  const button = document.createElement('button');
  button.type = 'button';
  button.addEventListener('click', () => {
    // The keys are the talk's again.
    button.blur();
    onTake();
  });
  const words = document.createElement('p');
  document.body.append(chip);
  return ({ text, ready }) => {
    chip.classList.toggle('broken', !ready);
    const key = document.createElement('kbd');
    key.textContent = KEY;
    button.replaceChildren(
      `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}: press `,
      key,
      ' to take it',
    );
    words.textContent = `Not shown: ${text}`;
    chip.replaceChildren(...(text === '' ? [] : [ready ? button : words]));
  };
}
