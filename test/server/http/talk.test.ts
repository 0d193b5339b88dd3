import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { keepTalk, openTalk, talkId } from '../../../server/http/talk.ts';
import { isToken } from '../../../server/token.ts';
import { folderWith } from '../../helpers/folder.ts';

const deck = '/talks/talk.md';
const file = (state: string) => path.join(state, `${talkId(deck)}.json`);

test('a talk that is kept is found again, by its deck only', async () => {
  const state = path.join(folderWith(), 'not/yet/there');
  const talk = { ...(await openTalk(deck, state)), port: 4321 };
  await keepTalk(deck, talk, state);
  assert.deepEqual(await openTalk(deck, state), talk);
  assert.notEqual((await openTalk('/talks/other.md', state)).token, talk.token);
});

test('it is kept in a file, in a folder, that only their owner can read', async () => {
  const state = path.join(folderWith(), 'fluxdeck');
  await keepTalk(deck, await openTalk(deck, state), state);
  assert.deepEqual(readdirSync(state), [path.basename(file(state))]);
  assert.equal(statSync(file(state)).mode & 0o777, 0o600);
  assert.equal(statSync(state).mode & 0o777, 0o700);
  assert.ok(!readFileSync(file(state), 'utf8').includes('talk.md'));
});

test('of what is damaged only that is lost', async () => {
  const state = folderWith();
  const token = 'a-token-of-an-earlier-talk';
  for (const port of [99999, 0, -1, 80.5, '4321', null]) {
    writeFileSync(file(state), JSON.stringify({ token, port }));
    assert.deepEqual(await openTalk(deck, state), { token });
  }
  for (const text of ['', '{', 'null', '[]', '{"token":"short"}', '{"token":7}']) {
    writeFileSync(file(state), text);
    assert.match((await openTalk(deck, state)).token, /^[\w-]{32}$/);
  }
});

test('where nothing can be kept the talk goes on', async () => {
  const blocked = path.join(folderWith({ file: '' }), 'file');
  const talk = await openTalk(deck, blocked);
  await keepTalk(deck, talk, blocked);
  assert.notEqual((await openTalk(deck, blocked)).token, talk.token);
});

test('a token is the whole of it', () => {
  const token = 'a-token-of-an-earlier-talk';
  assert.ok(isToken(token, token));
  for (const other of ['', token.slice(1), `${token} `, token.toUpperCase()]) {
    assert.ok(!isToken(other, token));
  }
});
