import type { Token } from 'markdown-it';
import { visible } from './elements.ts';
import { listingOf, textOfPart } from './listing.ts';
import { textOf } from './text.ts';

/** What the presses on one slide reveal. */
export interface Steps {
  /** Of each step, the text that it reveals. */
  texts: string[];
  /** The steps that reveal nothing: a pause for the speaker. */
  pauses: number[];
}

/**
 * Finds what waits and marks it as a fragment: the item, the paragraph, the table row. Steps are
 * in document order, so a parent comes before its child. Several tags in one element are one step.
 */
export function markSteps(tokens: readonly Token[]): Steps {
  const waiting = new Set<Token>();
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.nesting < 0) open.pop();
    if (token.type === 'pause') waiting.add(token);
    if (token.children?.some(({ type }) => type === 'wait')) {
      const alone = open.length === 1 && visible(token.children).length === 0;
      const host = alone ? token : hostOf(open);
      if (host) waiting.add(host);
    }
    if (token.nesting > 0) open.push(token);
  }

  const steps: Steps = { texts: [], pauses: [] };
  tokens.forEach((token, at) => {
    const step = steps.texts.length;
    const listing = listingOf(token);
    if (listing && listing.parts.length > 1) {
      listing.firstStep = step;
      steps.texts.push(...listing.parts.slice(1).map((part) => textOfPart(listing, part)));
    }
    if (!waiting.has(token)) return;
    if (token.nesting > 0) {
      token.attrJoin('class', 'fragment');
      token.attrSet('data-fragment-index', step);
      steps.texts.push(revealedText(tokens, at, waiting));
    } else {
      steps.pauses.push(step);
      steps.texts.push('');
    }
  });
  return steps;
}

/** What appears as a whole with the text that waits: of the elements around it, the last is nearest. */
function hostOf(around: readonly Token[]): Token | undefined {
  const nearest = around.at(-1);
  const parent = around.at(-2);
  switch (nearest?.type) {
    case 'paragraph_open':
      return parent?.type === 'list_item_open' || parent?.type === 'dd_open' ? parent : nearest;
    case 'td_open':
    case 'th_open':
      return parent;
    case 'dt_open':
    case 'container_open':
      return nearest;
    default:
      return undefined;
  }
}

/** The text of an element, less what in it waits for a step of its own. */
function revealedText(tokens: readonly Token[], from: number, waiting: ReadonlySet<Token>): string {
  const shown: Token[] = [];
  let depth = 0;
  let hiddenBelow: number | undefined;
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    if (hiddenBelow === undefined && at > from && token.nesting > 0 && waiting.has(token)) {
      hiddenBelow = depth;
    }
    depth += token.nesting;
    if (hiddenBelow === undefined) shown.push(token);
    else if (depth === hiddenBelow) hiddenBelow = undefined;
    if (depth === 0) break;
  }
  return textOf(shown);
}
