import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asideOf } from '../../../server/deck/aside.ts';
import { footOf } from '../../../server/deck/foot.ts';
import { parse } from '../../../server/deck/parse.ts';

const aside = (title: string, kind: string, value = 'true') =>
  `# ${title}\n\nText\n\n## properties\n\n${kind}\n:   ${value}\n\n`;

function feet(text: string): string[] {
  const deck = parse(text, 'talk.md');
  return deck.slides.map(footOf(deck));
}

const hares = (text: string) =>
  feet(text).map((foot) => /class="hare"[^>]* x="([^"]+)"/.exec(foot)?.[1]);
const names = (text: string) => feet(text).map((foot) => /aria-label="([^"]+)"/.exec(foot)?.[1]);

test('the hare is at (i − 1) / (n − 2) of the way, as Rabbit’s is', () => {
  const slides = Array.from({ length: 10 }, (_, at) => `# Slide ${at + 1}\n\nText\n\n`).join('');
  const shares = hares(`# Talk\n\n${slides}`).slice(1);
  assert.deepEqual(
    shares,
    Array.from({ length: 10 }, (_, at) => `${Number(((at / 9) * 100).toFixed(2))}%`),
  );
});

test('a talk of one slide, or of none, divides by nothing', () => {
  assert.deepEqual(hares('# Talk\n\n# One\n\nText\n'), ['100%', '100%']);
  assert.deepEqual(hares('# Talk\n'), ['100%']);
  assert.deepEqual(hares('no headline at all\n'), ['100%']);
});

test('slides off the way have no number, and take none from the others', () => {
  const text = `# Talk\n\n# One\n\nText\n\n${aside('Left out', 'skip')}# Two\n\nText\n\n${aside('Why', 'backup')}`;
  assert.deepEqual(names(text), [
    'Slide 0 of 2',
    'Slide 1 of 2',
    undefined,
    'Slide 2 of 2',
    undefined,
  ]);
  assert.deepEqual(hares(text), ['0%', '0%', undefined, '100%', undefined]);
  assert.match(feet(text)[4] ?? '', /Backup/);
});

test('a slide can be named as the goal; what comes after it is there already', () => {
  const goal = '# Goal\n\nText\n\n## properties\n\nimage-slide-number-last-slide\n:   true\n\n';
  const text = `# Talk\n\n# One\n\nText\n\n${goal}# More\n\nText\n`;
  assert.deepEqual(hares(text).slice(1), ['0%', '100%', '100%']);
});

test('only true is true, and the title slide is always on the way', () => {
  const of = (text: string) => parse(text, 'talk.md').slides.map(asideOf);
  assert.deepEqual(of(`# Talk\n\nskip\n:   true\n\n${aside('One', 'skip', 'True')}`), [
    undefined,
    'skip',
  ]);
  assert.deepEqual(of(`# Talk\n\n${aside('One', 'backup', 'false')}`), [undefined, undefined]);
  assert.deepEqual(of(`# Talk\n\n${aside('One', 'backup', 'yes')}`), [undefined, undefined]);
});

test('the number has as many digits as the last one', () => {
  const slides = Array.from({ length: 12 }, (_, at) => `# Slide ${at + 1}\n\nText\n\n`).join('');
  assert.match(feet(`# Talk\n\n${slides}`)[3] ?? '', /start">03<.*goal">12</);
});

test('what the author wrote is text, wherever it stands', () => {
  const [, foot = ''] = feet(
    '# A & <b>\n\nsubtitle\n:   "x" > y\n\nallotted-time\n:   2m" onload="alert(1)\n\n# One\n\nText\n',
  );
  assert.doesNotMatch(foot, /<b>|" onload/);
  assert.match(foot, /data-allotted-time="2m[^"<>]*alert[^"<>]*"/);
});
