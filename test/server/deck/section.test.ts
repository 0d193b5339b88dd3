import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../server/deck/parse.ts';
import { section } from '../../../server/deck/section.ts';

const sectionsOf = (text: string) =>
  parse(text, 'talk.md').slides.map((slide) =>
    section(slide, { figure: ({ source }) => `<svg><!-- ${source.length} --></svg>` }),
  );

test('a title slide has its title as the first headline, and its metadata under it', () => {
  const [title] = sectionsOf('# A *talk*\n\nauthor\n: Me\n');
  assert.equal(
    title,
    [
      '<section id="s-a-talk" class="title-slide" data-id="a-talk" data-index="0" data-steps="0" aria-label="A talk">',
      '<span id="/0" hidden></span><span id="/a-talk" hidden></span>',
      '<h1>A <em>talk</em></h1>',
      '<div class="body"><p class="author">Me</p></div>',
      '</section>',
    ].join('\n'),
  );
});

test('a slide has a place for each of its steps, and says how many there are', () => {
  const [, slide = ''] = sectionsOf('# T\n\n# S\n\n* {::wait/}a\n* {::wait/}b\n');
  assert.match(slide, /^<section id="s-s" class="" data-id="s" data-index="1" data-steps="2"/);
  assert.match(
    slide,
    /<span id="\/1\/1" class="step-1" hidden>.*<span id="\/1\/2" class="step-2" hidden>/,
  );
});

test('a headline alone is told apart', () => {
  const [, alone = '', paused = '', full = ''] = sectionsOf(
    '# T\n\n# A\n\n# B\n\n{::wait/}\n\n# C\n\nx\n',
  );
  assert.match(alone, /class="title-only"/);
  assert.match(paused, /class="title-only".*data-steps="1"/);
  assert.doesNotMatch(full, /title-only/);
});

const sized = '```mermaid\ngraph TD\n```\n{: relative_height="60"}\n';

test('a share is of the whole body when nothing stands above', () => {
  const [, slide = ''] = sectionsOf(`# T\n\n# S\n\n${sized}\ntext\n`);
  assert.match(slide, /class="has-diagram"/);
  assert.match(
    slide,
    /<div class="body"><figure class="diagram sized height-60" data-line="5"><svg><!-- 9 --><\/svg><\/figure>\n<p>text<\/p><\/div>/,
  );
});

test('a share is of what remains below what stands above', () => {
  const [, slide = ''] = sectionsOf(`# T\n\n# S\n\nabove\n\n${sized}\nbetween\n\n${sized}`);
  assert.match(
    slide.replaceAll('\n', ''),
    /<div class="body"><p>above<\/p><div class="rest"><figure.*?<\/figure><p>between<\/p><div class="rest"><figure.*?<\/figure><\/div><\/div><\/div>/,
  );
});

test('a title is hidden when the properties or a diagram ask for it', () => {
  const [, a = '', b = ''] = sectionsOf(
    '# T\n\n# A\n\n## Properties\n\nhide-title\n: true\n\n# B\n\n```mermaid\ngraph TD\n```\n{: hide_title="true"}\n',
  );
  assert.match(a, /hide-title/);
  assert.match(b, /hide-title/);
});

test('a slide’s own problem stands on it; that of a diagram stands in the diagram', () => {
  const [, slide] = parse(`# T\n\n# S\n\n${sized}\n{: x\n`, 'talk.md').slides;
  assert.ok(slide);
  const problem = {
    file: 'talk.md',
    column: 1,
    severity: 'error' as const,
    message: 'a < b',
    cure: 'Mend it.',
  };
  const html = section(slide, {
    figure: () => '',
    problems: [
      { ...problem, line: 9 },
      { ...problem, line: 6, message: 'in the diagram' },
    ],
    foot: '<footer></footer>',
  });
  assert.match(html, /<p>Line 9: a &lt; b Mend it.<\/p>/);
  assert.doesNotMatch(html, /in the diagram/);
  assert.match(html, /<footer><\/footer>\n<\/section>$/);
});

test('a title is plain text in the section’s label', () => {
  const [, slide = ''] = sectionsOf('# T\n\n# "A" <b> & `c`\n');
  assert.match(slide, /aria-label="“A” &lt;b&gt; &amp; c"/);
});
