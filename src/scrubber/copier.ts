import { type MomentCue, writeMoment } from '../shared/moment.ts';

/** Hands a line over to the author's editor. */
export interface Copier {
  readonly elements: readonly HTMLElement[];
  /** Which moment would be copied. */
  offer(cue: MomentCue): void;
  copy(): Promise<void>;
  /** Takes back what was said about the last copy. @returns whether there was a line to select */
  clear(): boolean;
}

/** A button that says what it copies, and the line to select where the clipboard is refused. */
export function createCopier(document: Document): Copier {
  const button = document.createElement('button');
  button.type = 'button';
  const line = document.createElement('textarea');
  line.readOnly = true;
  line.rows = 1;
  line.hidden = true;
  line.setAttribute('aria-label', 'The line to copy');
  const told = document.createElement('span');
  told.className = 'told';
  told.setAttribute('role', 'status');
  let cue: MomentCue | undefined;

  function clear(): boolean {
    const wasOpen = !line.hidden;
    line.hidden = true;
    told.textContent = '';
    return wasOpen;
  }

  async function copy(): Promise<void> {
    if (!cue) return;
    clear();
    const property = propertyOf(cue);
    try {
      await navigator.clipboard.writeText(property);
      told.textContent = 'Copied: paste it below the slide’s ## properties.';
    } catch {
      line.value = property;
      line.hidden = false;
      line.focus({ preventScroll: true });
      line.select();
      told.textContent = 'The clipboard is refused: copy it from here.';
    }
  }

  button.addEventListener('click', () => void copy());
  return {
    elements: [button, line, told],
    offer(next) {
      cue = next;
      clear();
      button.textContent = `Copy ${propertyOf(next)}`;
    },
    copy,
    clear,
  };
}

/** A line of a slide's properties. */
function propertyOf(cue: MomentCue): string {
  return `show: ${writeMoment(cue)}`;
}
