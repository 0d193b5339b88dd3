import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { openDeck } from '../../../server/commands/open.ts';
import { ownTheme } from '../../../server/deck/ownTheme.ts';
import { deckTheme, themeRemark } from '../../../server/deck/theme.ts';
import { Mistake } from '../../../server/mistake.ts';
import { folderWith } from '../../helpers/folder.ts';

const told = (text: string) =>
  ownTheme(text, 'theme.css').problems.map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );

test('a deck has the theme that it names, what comes nearest to Rabbit’s, or the default', () => {
  assert.equal(deckTheme('rabbit-theme-wwinternalstyle'), 'rabbit-theme-wwinternalstyle');
  assert.equal(themeRemark('rabbit-theme-wwinternalstyle'), undefined);
  assert.equal(deckTheme('clear-blue'), 'rabbit-theme-wwinternalstyle');
  assert.match(themeRemark('clear-blue')?.message ?? '', /comes nearest/);
  assert.equal(deckTheme('my-own'), 'default');
  assert.match(themeRemark('my-own')?.cure ?? '', /high-contrast.*theme\.css/);
  assert.equal(deckTheme(undefined), 'default');
  assert.equal(themeRemark('looks/mine.css'), undefined);
});

test('an author’s rules come through as they are, and can be switched off as one', () => {
  const { css, media, problems } = ownTheme(':root {\n  --paper: #fff;\n}\n', 'theme.css');
  assert.match(css, /^@media all \{\n/);
  assert.match(css, /--own-theme/);
  assert.match(css, /:root \{\n {2}--paper: #fff;\n\}/);
  assert.deepEqual([media, problems], [[], []]);
});

test('pictures beside the deck are named from where the style sheet lies', () => {
  const { css, media } = ownTheme(
    `a { background: url(paper.png) } b { mask: url( "./pics/a b.svg" ) }
@font-face { src: url('my.woff2') format("woff2") }
c { background: url(data:image/png;base64,AA==); fill: url(#fading) }`,
    'theme.css',
  );
  assert.deepEqual(
    media.map(({ address, line }) => `${line} ${address}`),
    ['1 paper.png', '1 pics/a b.svg', '2 my.woff2'],
  );
  assert.match(css, /url\("\.\.\/paper\.png"\)/);
  assert.match(css, /url\("\.\.\/pics\/a%20b\.svg"\)/);
  assert.match(css, /url\(data:image\/png;base64,AA==\)/);
  assert.match(css, /url\(#fading\)/);
});

test('nothing is fetched from elsewhere: it is left out, and told with its place', () => {
  const text = `@import "https://fonts.example/x.css";
@import url(more.css) screen;
a { background: url("https://spy.example/?q") }
  b { background: url(//spy.example/x) } c { background: url(/etc/x.png) }`;
  const { css } = ownTheme(text, 'theme.css');
  assert.doesNotMatch(css, /import|spy|example|\/etc/);
  assert.deepEqual(
    told(text).map((line) => line.replace(/ (A theme|\S+ lies).*/, '')),
    ['1:1', '2:1', '3:17', '4:19', '4:58'],
  );
});

test('what stands in a comment or a string is no rule', () => {
  const text = '/* @import "x"; } */ a::before { content: "} @import url(http://x)"; }';
  assert.deepEqual(told(text), []);
  assert.match(ownTheme(text, 'theme.css').css, /content: "\} @import url\(http:\/\/x\)"/);
});

test('a brace too many or too few is told, and breaks nothing but its own rule', () => {
  assert.deepEqual(told('a { } }\nb { }'), ['1:7 This } closes nothing.']);
  assert.deepEqual(told('a { color: red'), ['1:15 A { is not closed, so rules may be lost.']);
  for (const text of [
    'a { } }',
    'a { color: red',
    '/* open',
    'a { content: "open',
    'url(',
    '@import',
  ]) {
    const { css } = ownTheme(text, 'theme.css');
    const bare = css.replace(/"[^"]*"/g, '');
    assert.equal(bare.split('{').length, bare.split('}').length, text);
  }
});

test('a file of any size is read in a moment', () => {
  for (const piece of ['{', '}', '"', "'", '/*', 'url(', 'url("', '@import ', '\\']) {
    const begun = performance.now();
    ownTheme(piece.repeat(50_000), 'theme.css');
    assert.ok(performance.now() - begun < 2000, piece);
  }
});

test('the theme.css beside a deck comes last; another one is taken when it is asked for', async () => {
  const folder = folderWith({
    'talk.md': '# Talk\n\ntheme\n:   high-contrast\n\n# One\n',
    'theme.css': 'a { color: red }\nb { mask: url(gone.svg) }',
    'looks/mine.css': 'a { color: blue; mask: url(x.svg) }',
    'looks/x.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  });
  const deck = path.join(folder, 'talk.md');

  const beside = (await openDeck(deck)).compiled;
  assert.equal(beside.theme, 'high-contrast');
  assert.match(beside.style, /color: red[^}]*\}\n.*\n\}\n$/);
  const gone = beside.problems.find(({ message }) => message.includes('gone.svg'));
  assert.deepEqual([gone?.line, gone?.column], [2, 11]);

  const file = (await openDeck(deck, undefined, path.join(folder, 'looks/mine.css'))).compiled;
  assert.match(file.style, /color: blue/);
  assert.doesNotMatch(file.style, /color: red/);
  assert.deepEqual(file.own?.media, ['looks/x.svg']);
  assert.deepEqual(file.problems, []);

  const named = (await openDeck(deck, undefined, 'clear-blue')).compiled;
  assert.equal(named.theme, 'rabbit-theme-wwinternalstyle');
  assert.doesNotMatch(named.style, /color: red/);

  for (const wrong of ['nothing', path.join(folder, 'gone.css')]) {
    await assert.rejects(openDeck(deck, undefined, wrong), Mistake);
  }
});
