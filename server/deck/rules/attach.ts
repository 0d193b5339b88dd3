import type { Token } from 'markdown-it';
import { knownClasses, readAttributes } from './attributes.ts';
import { makeRemark } from './remark.ts';

type Values = Record<string, string>;

/**
 * Gives each attribute list to its block or span: known classes to the token, and everything in
 * the result. A list that has nothing to belong to becomes a remark.
 */
export function attach(tokens: readonly Token[]): Map<Token, Values> {
  const definitions = new Map(
    tokens
      .filter((token) => token.type === 'attribute_definition')
      .map((token) => [token.info, readAttributes(token.content).values]),
  );
  const given = new Map<Token, Values>();
  attachTo(tokens, definitions, given);
  for (const token of tokens) if (token.children) attachTo(token.children, definitions, given);
  return given;
}

function attachTo(
  tokens: readonly Token[],
  definitions: ReadonlyMap<string, Values>,
  given: Map<Token, Values>,
): void {
  /** The last element that began, by level. */
  const last: (Token | undefined)[] = [];
  tokens.forEach((token, at) => {
    if (token.type !== 'attribute_list') {
      if (token.nesting >= 0 && token.type !== 'remark') last[token.level] = canTake(token);
      if (token.nesting > 0) last[token.level + 1] = undefined;
      return;
    }
    const before = token.info === 'after' ? last[token.level] : undefined;
    const target = before ?? next(tokens, at);
    if (target === undefined) makeRemark(token, detached);
    else give(target, token, definitions, given);
  });
}

/** A span takes a list only right after itself, and text never does. */
function canTake(token: Token): Token | undefined {
  return ['text', 'softbreak', 'wait', 'block_end'].includes(token.type) ? undefined : token;
}

function next(tokens: readonly Token[], at: number): Token | undefined {
  const list = tokens[at];
  const token = tokens.slice(at + 1).find(({ type }) => type !== 'remark');
  return list?.map && token?.map?.[0] === list.map[1] && token.nesting >= 0 ? token : undefined;
}

function give(
  target: Token,
  list: Token,
  definitions: ReadonlyMap<string, Values>,
  given: Map<Token, Values>,
): void {
  const { values, names } = readAttributes(list.content);
  const named = names.map((name) => definitions.get(name));
  const all: Values = Object.assign({}, given.get(target), ...named, values);
  given.set(target, all);
  const classes = knownClasses(all.class ?? '');
  if (classes.length > 0) target.attrSet('class', classes.join(' '));
}

const detached = {
  severity: 'warning',
  message: 'This attribute list belongs to nothing.',
  cure: 'Put it on the line right after the block that it is for, without a blank line between.',
} as const;
