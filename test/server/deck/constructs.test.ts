import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';
import { parse } from '../../../server/deck/parse.ts';
import { section } from '../../../server/deck/section.ts';

/** The constructs of CommonMark 0.31 and GFM 0.29, by their chapters: what is written, and an element that it must make. */
const CONSTRUCTS: [chapter: string, markdown: string, selector: string][] = [
  ['2.2 Tabs', '-\tone\n\n\ttwo', 'li > p'],
  ['2.4 Backslash escapes', '\\*not\\* \\# \\& \\[x\\]', 'p'],
  ['2.4 Backslash escapes: a line break', 'a\\\nb', 'p > br'],
  ['2.5 Entities', '&nbsp;&copy; &#35; &#x22;', 'p'],
  ['4.1 Thematic breaks', '***\n\n---\n\n_ _ _', 'hr'],
  ['4.4 Indented code', '    code', 'pre > code'],
  ['4.5 Fenced code', '```yaml\na: 1\n```', 'pre > code.language-yaml'],
  ['4.5 Fenced code with tildes', '~~~\n`\n~~~', 'pre > code'],
  ['4.6 HTML blocks', '<div>\n\n*a*\n\n</div>', 'div > p > em'],
  ['4.6 HTML blocks: comments', 'a\n\n<!-- gone\n\n# gone -->', 'p'],
  ['4.7 Link reference definitions', '[a]\n\n[a]: /u "t"', 'a[href="/u"][title="t"]'],
  ['4.8 Paragraphs', 'a\nb', 'p > br'],
  ['4.10 Tables', '| a | b |\n|:-:|--:|\n| 1 | 2 |', 'table td.align-right'],
  ['4.10 Tables without pipes at their sides', 'a | b\n--|--\n1 | 2', 'table thead th'],
  ['5.1 Block quotes', '> a\n>\n> > b', 'blockquote > blockquote > p'],
  ['5.2 List items', '- a\n\n  b', 'ul > li > p'],
  ['5.3 Task list items', '- [ ] a\n- [x] b', 'li.task > .task-sign.done[role=img]'],
  ['5.4 Lists', '1. a\n   - b\n2. c', 'ol > li > ul > li'],
  ['5.4 Lists with +', '+ a\n+ b', 'ul > li'],
  ['6.1 Code spans', '`` a`b ``', 'p > code'],
  ['6.2 Emphasis', '*a* _b_', 'p > em'],
  ['6.2 Strong emphasis', '**a** __b__ ***c***', 'p > strong'],
  ['6.3 Links', '[a](/u "t") [b](</u v>)', 'p > a[href="/u%20v"]'],
  ['6.3 Reference links', '[a][r] [r][] [r]\n\n[r]: <u>', 'a[href="u"]'],
  ['6.4 Images', 'text ![alt *x*](i.png "t")', 'p > img[src="i.png"][alt="alt x"]'],
  ['6.4 Reference images', '![r]\n\n[r]: i.png', 'img[src="i.png"]'],
  ['6.5 Strikethrough', '~~a *b*~~', 'p > s > em'],
  ['6.5 Autolinks', '<https://a.b/c> <me@a.b>', 'a[href="mailto:me@a.b"]'],
  ['6.6 Raw HTML', 'a <b>b</b> H<sub>2</sub>O<br>c <!-- gone -->', 'p > sub'],
  ['6.7 Hard line breaks', 'a  \nb', 'p > br'],
  ['Footnotes', 'a[^1]\n\n[^1]: *b*', '.footnotes li > em'],
  ['Definition lists', 'a\n: *b*', 'dl > dd > em'],
  ['Abbreviations', 'HTML\n\n*[HTML]: H', 'abbr[title=H]'],
];

/** What of Markdown's signs would be left over if a construct came out as its source. */
const SOURCE = /\*|_|`|~~|\[|\]\(|\]:|^>|^\||\|$|^[-+]\s|^\d+\.|&\w+;|<|-->|\{:|\\/m;

for (const [chapter, markdown, selector] of CONSTRUCTS) {
  test(`no source shows: ${chapter}`, () => {
    const [, slide] = parse(`# T\n\n# S\n\n${markdown}\n`, 'talk.md').slides;
    assert.ok(slide);
    const { document } = new JSDOM(section(slide, { figure: () => '' })).window;
    const body = document.querySelector('.body');
    assert.ok(body);
    assert.ok(body.querySelector(selector), `${selector} in ${body.innerHTML}`);
    if (chapter.startsWith('2.4 Backslash escapes') || chapter.startsWith('2.5')) return;
    for (const code of body.querySelectorAll('code')) code.remove();
    assert.doesNotMatch(body.textContent, SOURCE);
  });
}

test('headlines of lower levels are no source either: they are told', () => {
  const { slides, problems } = parse('# T\n\n# S\n\n### Sub\n\ntext\n', 'talk.md');
  assert.deepEqual(
    slides[1]?.blocks.map(({ kind }) => kind),
    ['paragraph'],
  );
  assert.deepEqual(
    problems.map(({ line }) => line),
    [5],
  );
});

test('what is escaped shows its signs and no backslash', () => {
  const [, slide] = parse('# T\n\n# S\n\n\\*a\\* \\# \\[b\\](c) \\<i> &lt;b>\n', 'talk.md').slides;
  const html = slide?.blocks.map((block) => ('html' in block ? block.html : '')).join('');
  assert.equal(html, '<p>*a* # [b](c) &lt;i&gt; &lt;b&gt;</p>');
});
