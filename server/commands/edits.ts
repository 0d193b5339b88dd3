import { encode, type Offer, type Remark } from '../../src/shared/wire.ts';
import { type Change, changeOf, isNothing, tellChange } from '../deck/change.ts';
import type { Compiled } from '../deck/compile.ts';
import type { Edition } from '../deck/edition.ts';
import type { Problem } from '../deck/problem.ts';
import { watchFiles } from '../deck/watch.ts';
import type { Client } from '../http/socket.ts';
import type { Hub } from '../hub.ts';
import type { Io } from '../io.ts';
import { Mistake } from '../mistake.ts';
import { remarksOf } from './remarks.ts';
import { count, tellProblem, worthTelling } from './tell.ts';
import type { Version } from './version.ts';

export interface EditsOptions {
  first: Version;
  open: () => Promise<Version>;
  /** Each edit shows at once; otherwise the presenter is asked. */
  dev: boolean;
  hub: Pick<Hub, 'editDeck'>;
  io: Io;
}

/** The deck that all pages show, and the edits of it. */
export interface Edits {
  shown: () => Edition;
  /** A page that has another edition gets this one; who may take an edit is told of it. */
  join: (client: Client) => void;
  take: (tell: (words: string) => void) => void;
  stop: () => void;
}

/** Milliseconds in which a file that can't be read may be half written. */
const PATIENCE = 150;
const NOTHING: Offer = { text: '', ready: false };

/** Watches a deck. A broken edit changes nothing that shows: it is told where it can be mended. */
export function openEdits({ first, open, dev, hub, io }: EditsOptions): Edits {
  const clients = new Set<Client>();
  let shown = first;
  let payload: unknown = payloadOf(first);
  let offered: Version | undefined;
  let offer = NOTHING;
  let remarks = remarksOf(first.compiled);
  let told = tellAll(first.compiled.problems);
  const watched = watchFiles(
    () => look().catch(refuse),
    () => io.err(`This system can't watch ${first.compiled.deck.file}: edits need a new start.`),
  );
  watched.follow(first.files);

  return {
    shown: () => shown.edition,
    join(client) {
      clients.add(client);
      client.onClose(() => void clients.delete(client));
      if (client.edition !== undefined && client.edition !== shown.id) {
        client.send(encode({ type: 'deck', payload }));
      }
      if (dev) client.send(encode({ type: 'remarks', remarks }));
      else if (client.presenter && offer.text !== '') {
        client.send(encode({ type: 'offer', ...offer }));
      }
    },
    take(tell) {
      if (!offered) {
        return tell(offer.text === '' ? 'There is no edit to take.' : 'Mend the edit first.');
      }
      show(offered);
      makeOffer(NOTHING);
    },
    stop: watched.stop,
  };

  async function look(): Promise<void> {
    // An editor may have the file half written.
    const next = await open().catch(async () => {
      await new Promise((resolve) => setTimeout(resolve, PATIENCE));
      return open();
    });
    watched.follow(next.files);
    const change = changeOf(shown.compiled, next.compiled);
    if (dev) {
      show(next, change);
      tellRemarks(remarksOf(next.compiled));
      tellProblems(next.compiled.problems);
      return;
    }
    const broken = newErrors(shown.compiled.problems, next.compiled.problems);
    if (isNothing(change)) makeOffer(NOTHING);
    else if (broken.length > 0) makeOffer({ text: tellFirst(broken), ready: false });
    else makeOffer({ text: tellChange(change), ready: true }, next);
    tellProblems(next.compiled.problems);
  }

  /** The last good deck stays on the glass. */
  function refuse(error: unknown): void {
    const text =
      error instanceof Mistake ? error.message : `This edit can't be shown: ${String(error)}`;
    io.err(text);
    told = '';
    const { file } = shown.compiled.deck;
    if (dev) tellRemarks([{ severity: 'error', place: file, message: text, cure: '' }]);
    else makeOffer({ text, ready: false });
  }

  function show(next: Version, change?: Change): void {
    shown = next;
    const edited = change && [...change.edited, ...change.added];
    payload = { ...payloadOf(next), ...(edited && { edited: inOrder(next.compiled, edited) }) };
    hub.editDeck(payload);
  }

  function makeOffer(next: Offer, version?: Version): void {
    offered = version;
    if (next.text === offer.text && next.ready === offer.ready) return;
    offer = next;
    if (offer.ready) io.err(`The deck has changed (${offer.text}): Shift+E on your page takes it.`);
    for (const client of clients) {
      if (client.presenter) client.send(encode({ type: 'offer', ...offer }));
    }
  }

  function tellRemarks(next: Remark[]): void {
    if (JSON.stringify(next) === JSON.stringify(remarks)) return;
    remarks = next;
    for (const client of clients) client.send(encode({ type: 'remarks', remarks }));
  }

  /** What was told already is not told again with each save. */
  function tellProblems(problems: readonly Problem[]): void {
    const text = tellAll(problems);
    if (text === told) return;
    told = text;
    io.err(text === '' ? `${first.compiled.deck.file}: ${count(0, 'problem')} any more` : text);
  }
}

/** What an edit brings to a page: see src/deck/edit.ts. */
function payloadOf({ compiled, edition, id }: Version) {
  return {
    edition: id,
    theme: compiled.theme,
    style: `./app/${edition.style.name}`,
    sections: compiled.sections,
  };
}

function inOrder({ deck }: Compiled, ids: readonly string[]): string[] {
  return deck.slides.flatMap(({ id }) => (ids.includes(id) ? [id] : []));
}

/** A deck that was begun with an error can be edited all the same. */
function newErrors(before: readonly Problem[], after: readonly Problem[]): Problem[] {
  const known = new Set(before.map(({ message }) => message));
  return after.filter(({ severity, message }) => severity === 'error' && !known.has(message));
}

function tellFirst([first, ...others]: readonly Problem[]): string {
  if (!first) return '';
  const { file, line, column, message } = first;
  const more = others.length > 0 ? ` (and ${count(others.length, 'more problem')})` : '';
  return `${file}:${line}:${column}: ${message}${more}`;
}

function tellAll(problems: readonly Problem[]): string {
  return worthTelling(problems).map(tellProblem).join('\n');
}
