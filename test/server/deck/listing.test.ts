import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../server/deck/parse.ts';

const slideOf = (body: string) => parse(`# T\n\n# S\n\n${body}`, 'talk.md').slides[1];
const htmlOf = (body: string) =>
  slideOf(body)
    ?.blocks.map((block) => ('html' in block ? block.html : ''))
    .join('\n') ?? '';
const problemsOf = (body: string) =>
  parse(`# T\n\n# S\n\n${body}`, 'talk.md').problems.map(
    ({ line, severity, message }) => `${line} ${severity} ${message}`,
  );

test('code is coloured by classes alone, under its usual names', () => {
  for (const name of ['yaml', 'yml', 'YAML']) {
    const html = htmlOf(`\`\`\`${name}\na: 1\n\`\`\`\n`);
    assert.match(html, /<span class="hljs-attr">a:<\/span> <span class="hljs-number">1<\/span>/);
    assert.doesNotMatch(html, /style/);
  }
  for (const name of ['sh', 'console', 'ts', 'go', 'rb', 'html', 'toml', 'diff', 'docker']) {
    assert.deepEqual(problemsOf(`\`\`\`${name}\nx\n\`\`\`\n`), [], name);
  }
});

test('an unknown language is plain code with a notice', () => {
  const body = '```constructor\n<b>\n```\n';
  assert.match(htmlOf(body), /<code class="language-constructor">&lt;b&gt;\n<\/code>/);
  assert.match(problemsOf(body)[0] ?? '', /^5 notice The language “constructor” is not known/);
});

test('the first lines are lit at once, each further part is a step whose text is those lines', () => {
  for (const body of [
    '```yaml {1-2|4|all}\na: 1\nb: 2\nc: 3\nd: 4\n```\n',
    '```yaml{1,2|4|*}\na: 1\nb: 2\nc: 3\nd: 4\n```\n',
    '```yaml\na: 1\nb: 2\nc: 3\nd: 4\n```\n{: lines="1-2|4|"}\n',
  ]) {
    assert.deepEqual(slideOf(body)?.steps, ['d: 4', 'a: 1\nb: 2\nc: 3\nd: 4'], body);
    const html = htmlOf(body);
    const parts = [...html.matchAll(/class="fragment part-(\d)" data-fragment-index="(\d)"/g)];
    assert.deepEqual(
      parts.map(([, part, step]) => [part, step]),
      [
        ['1', '0'],
        ['2', '1'],
      ],
    );
    assert.deepEqual(
      [...html.matchAll(/class="(line[^"]*)"/g)].map(([, names]) => names),
      ['line lit-0 lit-2', 'line lit-0 lit-2', 'line lit-2', 'line lit-1 lit-2'],
    );
  }
});

test('steps of code are in the order of the document with the others', () => {
  const slide = slideOf('{::wait/}before\n\n```js {1|2}\none\ntwo\n```\n\n{::wait/}after\n');
  assert.deepEqual(slide?.steps, ['before', 'two', 'after']);
  const html = htmlOf('{::wait/}before\n\n```js {1|2}\none\ntwo\n```\n\n{::wait/}after\n');
  assert.match(html, /<p class="fragment" data-fragment-index="0">before/);
  assert.match(html, /part-1" data-fragment-index="1"/);
  assert.match(html, /<p class="fragment" data-fragment-index="2">after/);
});

test('one part marks its lines without a step', () => {
  const slide = slideOf('```js {2}\none\ntwo\n```\n');
  assert.deepEqual(slide?.steps, []);
  assert.match(htmlOf('```js {2}\none\ntwo\n```\n'), /<span class="line lit-0">two/);
});

test('lines that the code does not have light nothing up, and are told', () => {
  for (const lines of ['9', '2-1', '0', '1|99999999999']) {
    const body = `\`\`\`js {${lines}}\none\ntwo\n\`\`\`\n`;
    assert.doesNotMatch(htmlOf(body), /class="line/);
    assert.match(problemsOf(body)[0] ?? '', /^5 warning “.*” does not name lines of this code/);
  }
});

test('a colour that goes over a line’s end is closed there and goes on in the next', () => {
  const html = htmlOf('```js {1}\n/* a\nb */ c\n```\n');
  assert.match(
    html,
    /<span class="hljs-comment">\/\* a<\/span>\n<\/span><span class="line"><span class="hljs-comment">b/,
  );
});

test('numbers are asked for', () => {
  assert.match(
    htmlOf('```js\na\n```\n{: numbers="true"}\n'),
    /<pre class="numbered"><code class="language-js"><span class="line">a/,
  );
});

test('what a fence calls its language can’t break out of its class', () => {
  const html = htmlOf('```"><script>\nx\n```\n');
  assert.doesNotMatch(html, /<script|class="language/);
});
