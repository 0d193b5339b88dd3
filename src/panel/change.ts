import type { Commit, Flow } from '../shared/flow.ts';
import { type ChangedLine, excerpt } from '../shared/patch.ts';
import { shortHash } from '../shared/words.ts';
import { element, write } from './element.ts';

/** What the last commit changed, and what the app says of it. */
export interface ChangeView {
  paint(flow: Flow): void;
}

/** Lines that can be read from the last row; fewer where the app's page stands below them. */
const MOST = 12;
const BESIDE_PAGE = 8;

const SIGNS: Readonly<Record<ChangedLine['kind'], string>> = {
  file: '',
  added: '+',
  removed: '−',
  same: ' ',
  note: '',
};

/** For those who hear it. */
const SPOKEN: Partial<Record<ChangedLine['kind'], string>> = { added: 'added', removed: 'removed' };

/** @param page asks for the address of the app's own page; undefined when it does not answer */
export function createChange(
  body: HTMLElement,
  page: () => Promise<string | undefined>,
): ChangeView {
  const heading = element('p', 'place', 'What changed');
  const subject = element('h2');
  const lines = element('ol', 'diff');
  const left = element('p', 'left');
  const frame = element('iframe');
  // Scripts of its own, but an origin of nobody's: it reaches nothing of ours.
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.title = 'The app’s own page';
  frame.hidden = true;
  body.append(heading, subject, lines, left, frame);

  let shown: Commit | undefined;
  let settled: string | undefined;

  function tell(commit: Commit | undefined): void {
    write(heading, commit ? `What changed · ${shortHash(commit.revision)}` : 'What changed');
    write(subject, commit ? commit.subject : 'No commit is known yet');
    const most = frame.hidden ? MOST : BESIDE_PAGE;
    const part = excerpt(commit?.patch ?? '', most);
    lines.hidden = part.lines.length === 0;
    lines.replaceChildren(...part.lines.map(lineElement));
    write(left, remainder(commit, part.left));
  }

  async function showPage(): Promise<void> {
    const address = await page();
    frame.hidden = address === undefined;
    if (address !== undefined) frame.src = address;
    tell(shown);
  }

  return {
    paint(flow) {
      const commit = flow.commits?.at(-1);
      if (commit !== shown || !commit) {
        shown = commit;
        tell(commit);
      }
      // The app says something else once it has been rolled out.
      const state = rollout(flow);
      if (state === settled || state === undefined) return;
      settled = state;
      void showPage();
    },
  };
}

/** What is applied, once all of it is ready; undefined while it is not. */
function rollout({ resources }: Flow): string | undefined {
  const all = [...resources.values()];
  const workloads = all.filter(({ role }) => role === 'cluster');
  if (workloads.some(({ status }) => status !== 'ready')) return undefined;
  const applied = all.filter(({ role }) => role === 'applier').map(({ revision }) => revision);
  return JSON.stringify([workloads.map(({ key, since }) => [key, since]), applied]);
}

function lineElement({ kind, text }: ChangedLine): HTMLElement {
  const item = element('li', kind);
  const sign = element('span', 'sign', SIGNS[kind]);
  sign.setAttribute('aria-hidden', 'true');
  const spoken = SPOKEN[kind];
  item.append(sign);
  if (spoken) item.append(element('span', 'visually-hidden', `${spoken}: `));
  item.append(element('code', '', text));
  return item;
}

function remainder(commit: Commit | undefined, left: number): string {
  if (commit && !commit.patch) return 'The Git host told its subject only.';
  return left === 0 ? '' : `and ${left} more ${left === 1 ? 'line' : 'lines'}`;
}
