import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile } from '../../../server/deck/compile.ts';
import { DiagramError } from '../../../server/deck/diagram/error.ts';
import type { FindMedium } from '../../../server/deck/media.ts';

const known: FindMedium = async (address) =>
  ({
    'photo.jpg': { width: 1600, height: 900 },
    'a b.png': { width: 300, height: 200 },
    'film.mp4': {},
    'film.vtt': {},
    'song.mp3': {},
  })[address];

const compiled = (body: string, title = '') =>
  compile(
    `# T\n\n${title}# S\n\n${body}`,
    'talk.md',
    () => Promise.reject(new DiagramError('None.')),
    undefined,
    known,
  );
const htmlOf = async (body: string, title?: string) =>
  (await compiled(body, title)).sections[1] ?? '';
const problemsOf = async (body: string) =>
  (await compiled(body)).problems.map(
    ({ line, severity, message }) => `${line} ${severity}: ${message}`,
  );

test('a picture has its natural size, so nothing moves when it arrives', async () => {
  const html = await htmlOf('![A photo](photo.jpg "Words")\n');
  assert.match(
    html,
    /<figure class="image"><img width="1600" height="900" src="photo.jpg" alt="A photo" title="Words"><figcaption>Words<\/figcaption><\/figure>/,
  );
  assert.match(await htmlOf('x ![in](<a b.png>) y\n'), /<img width="300" height="200" src="a%20b/);
});

test('sizes, margins and the like are classes, and each class is a rule of the deck’s style sheet', async () => {
  const { sections, style } = await compiled(
    '![](photo.jpg){:relative_height="130" relative-width="55.5" relative_margin_top="-5" relative_padding_top="2" relative_margin_right="3" alpha="0.5" caption="C" caption-color="navy" caption-font-size="3"}\n',
  );
  assert.match(
    sections[1] ?? '',
    /<figure class="image sized over wide height-130 width-55_5 room-top--3 room-right-3 alpha-0_5 caption-size-22 caption-colour-000080">/,
  );
  for (const rule of [
    '.reveal .height-130 { --share: 130%; }',
    '.reveal .width-55_5 { --width: 55.5%; }',
    '.reveal .room-top--3 { margin-top: -3cqh; }',
    '.reveal .room-right-3 { margin-right: 3%; }',
    '.reveal .alpha-0_5 { --alpha: 0.5; }',
    '.reveal .slides .caption-colour-000080 { --caption-colour: #000080; }',
  ]) {
    assert.ok(style.includes(rule), rule);
  }
  assert.doesNotMatch(sections.join(''), / style=/);
});

test('pixels of the canvas count where no share is asked for', async () => {
  assert.match(await htmlOf('![](photo.jpg){:width="400"}\n'), /class="image wide px-width-400"/);
  assert.match(await htmlOf('![](photo.jpg){:height="90"}\n'), /class="image tall px-height-90"/);
});

test('a part of a picture is cut out of it', async () => {
  assert.match(
    await htmlOf('![A <b>](photo.jpg){:relative_clip_x="50" relative_clip_height="25"}\n'),
    /<svg class="clip" viewBox="0 0 800 225" width="800" height="225" role="img" aria-label="A &lt;b&gt;"><svg viewBox="800 0 800 225" width="800" height="225"><image href="photo.jpg" width="1600" height="900"><\/image><\/svg><\/svg>/,
  );
});

test('a picture at the side stands beside the text; a second one stands in it, and is told', async () => {
  const body = 'text\n\n![](photo.jpg){:align="right" relative_width="40"}\n\nmore\n';
  assert.match(
    (await htmlOf(body)).replaceAll('\n', ''),
    /<div class="body beside-right"><div class="rest"><p>text<\/p><p>more<\/p><\/div><figure class="image wide width-40 side-right">/,
  );
  const two = `${body}\n![](photo.jpg){:align="left"}\n`;
  assert.match(await htmlOf(two), /class="body beside-right"/);
  assert.match((await problemsOf(two))[0] ?? '', /^11 warning: One picture stands at the side/);
});

test('what is not there, elsewhere, or no picture for browsers is told, and its words show', async () => {
  const cases: [source: string, html: RegExp, problem: RegExp][] = [
    ['![Gone](gone.png)', /<span class="missing">Gone<\/span><\/figure>/, /gone\.png is not there/],
    ['![](gone.png)', /<span class="missing">gone\.png<\/span>/, /gone\.png is not there/],
    ['![Far](https://x.org/a.png)', /<span class="missing">Far</, /lies elsewhere/],
    ['![Page](page.pdf)', /<span class="missing">Page</, /the kind PDF/],
    ['![Old](old.eps)', /<span class="missing">Old</, /the kind EPS/],
  ];
  for (const [source, html, problem] of cases) {
    assert.match(await htmlOf(`${source}\n`), html, source);
    const [told = ''] = await problemsOf(`text\n\n${source}\n`);
    assert.match(told, problem, source);
    assert.match(told, /^7 warning/, source);
  }
});

test('a film and a sound have controls, and captions that lie beside them', async () => {
  assert.match(
    await htmlOf('![A film](film.mp4){:relative_height="80"}\n'),
    /<figure class="image sized height-80"><video controls preload="metadata" playsinline src="film.mp4" aria-label="A film"><track kind="captions" src="film.vtt" label="Captions" default><\/video>/,
  );
  assert.match(
    await htmlOf('![](film.mp4){:autoplay="true"}\n'),
    /<video controls preload="metadata" playsinline muted data-autoplay src/,
  );
  assert.match(
    await htmlOf('![A song](song.mp3)\n'),
    /<audio controls preload="metadata" src="song.mp3" aria-label="A song"><\/audio>/,
  );
});

test('values that are none are told with their line, and leave nothing behind', async () => {
  const { sections, style, problems } = await compiled(
    '![](photo.jpg){:relative_width="60; x:y" relative_height="1e9" caption-color="red; x:y" align="top" draw0="[line]" reflect="true" page="2"}\n',
  );
  assert.match(sections[1] ?? '', /<figure class="image">/);
  assert.doesNotMatch(style, /x:y|1e9|red/);
  assert.deepEqual(
    problems.map(({ line, severity, message }) => [line, severity, message.slice(0, 20)]),
    [
      [5, 'warning', 'relative_height is “'],
      [5, 'warning', 'relative_width is “6'],
      [5, 'warning', 'caption_color is “re'],
      [5, 'notice', 'What draw0 and its l'],
      [5, 'notice', 'Pictures are not ref'],
      [5, 'notice', 'There are no PDF pag'],
      [5, 'notice', '“top” is no side.'],
    ],
  );
});

const properties = (entries: Record<string, string>) =>
  `text\n\n## properties\n\n${Object.entries(entries)
    .map(([key, value]) => `${key}\n:   ${value}\n`)
    .join('\n')}`;

test('a slide has a picture behind it, which covers it when it is large enough', async () => {
  assert.match(
    await htmlOf(properties({ 'background-image': 'photo.jpg' })),
    /<figure class="background"><img width="1600" height="900" class="cover" src="photo.jpg" alt=""><\/figure>/,
  );
  assert.match(
    await htmlOf(properties({ 'background-image': 'a b.png' })),
    /<figure class="background"><img width="300" height="200" src="a%20b.png" alt="">/,
  );
  assert.match(
    await htmlOf(
      properties({
        'background-image': 'photo.jpg',
        'background-image-relative-width': '50',
        'background-image-align': 'right',
        'background-image-vertical-align': 'bottom',
        'background-image-relative-margin-right': '-5',
        'background-image-caption': 'C',
        'background-image-credit': '<Me>',
      }),
    ),
    /<figure class="background wide width-50 room-right--5 at-right at-bottom"><img .*?><figcaption>C<\/figcaption><\/figure><small class="credit">&lt;Me&gt;<\/small>/,
  );
});

test('a slide has colours of its own; letters on a dark ground are light', async () => {
  const { sections, style } = await compiled(
    properties({
      'background-color': '#102030',
      'headline-color': 'gold',
      'headline-shadow-color': 'rgb(1, 2, 3)',
      'headline-align': 'center',
    }),
  );
  assert.match(
    sections[1] ?? '',
    /class="ground-102030 headline-colour-ffd700 headline-shadow-010203 headline-center"/,
  );
  assert.match(style, /\.ground-102030 \{ --paper: #102030; .*color-scheme: dark; \}/);
});

test('colours that are none are told and leave nothing behind', async () => {
  const hostile = 'red; } body { display: none';
  const { style, problems } = await compiled(
    properties({ 'background-color': hostile, 'headline-color': 'url(x)' }),
  );
  assert.doesNotMatch(style, /display: none|url/);
  assert.deepEqual(
    problems.map(({ line, message }) => `${line} ${message}`.slice(0, 25)),
    ['3 background-color is “re', '3 headline-color is “url('],
  );
});

test('the size of all slides is the title’s to say', async () => {
  const sized = (ratio: string) => compiled('x\n', `size-ratio\n:   ${ratio}\n\n`);
  assert.match((await sized('4:3')).style, /--canvas-height: 960px/);
  assert.match((await sized('800,450')).style, /^(?!.*--canvas-height)/s);
  assert.match((await sized('1.6')).style, /--canvas-height: 800px/);
  const { style, problems } = await sized('wide; }');
  assert.doesNotMatch(style, /canvas-height/);
  assert.match(problems[0]?.message ?? '', /^size-ratio is not the ratio/);
});

test('a logo stands on its slide, or, named under the title, on all', async () => {
  const logo = /<img width="300" height="200" class="logo" src="a%20b.png" alt="">/;
  assert.match(await htmlOf(properties({ 'logo-image': 'a b.png' })), logo);
  assert.match(await htmlOf('x\n', 'logo-image\n:   a b.png\n\n'), logo);
  assert.doesNotMatch(
    await htmlOf(properties({ 'logo-image': 'none' }), 'logo-image\n:   a b.png\n\n'),
    logo,
  );
});

test('what an author’s own HTML plays is looked for, too', async () => {
  const problems = await problemsOf(
    '<video src="gone.mp4" controls></video>\n\n<audio src="https://x.org/a.mp3"></audio>\n\n<video src="film.mp4"></video>\n',
  );
  assert.deepEqual(
    problems.filter((told) => /gone|x\.org|film/.test(told)).map((told) => told.slice(0, 30)),
    ['5 warning: gone.mp4 is not the', '7 warning: https://x.org/a.mp3'],
  );
});

test('the hare’s goal is the slide that says so', async () => {
  const { sections } = await compiled(
    `${properties({ 'image-slide-number-last-slide': 'true' })}\n# Further\n\n# And further\n`,
  );
  const goals = sections.map((html) => /class="flag goal">(\d+)</.exec(html)?.[1]);
  assert.deepEqual(goals.slice(1), ['1', '1', '1']);
  assert.match(sections[3] ?? '', /class="hare" href="#hare" x="100%"/);
});
