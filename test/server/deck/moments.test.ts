import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile } from '../../../server/deck/compile.ts';
import { parse } from '../../../server/deck/parse.ts';

const HEAD = '# T\n\n# A\n\n* a\n* {::wait/}b\n* {::wait/}c\n\n';
const DIAGRAM = '```mermaid\ngraph TD\nF[Flux]\n```\n\n';
const LENGTHS = new Map([
  ['push', 9.876],
  ['drift', 24.9],
]);
const drawing = {
  svg: '<svg></svg>',
  model: { nodes: [{ id: 'F', label: 'Flux' }], groups: [], edges: [] },
  label: 20,
};

const withProperties = (list: string, body = '') => `${HEAD}${body}## properties\n\n${list}`;
const momentsIn = (list: string) =>
  parse(withProperties(list), 'talk.md').slides[1]?.moments?.map(
    ({ scene, seconds, step }) => `${scene} ${seconds} ${step}`,
  );
/** As `line:column severity message`. */
const problemsIn = (list: string) =>
  parse(withProperties(list), 'talk.md').problems.map(
    ({ line, column, severity, message }) => `${line}:${column} ${severity} ${message}`,
  );

async function compiled(list: string, body = DIAGRAM) {
  const { sections, problems } = await compile(
    withProperties(list, body),
    'talk.md',
    () => Promise.resolve(drawing),
    () => Promise.resolve(LENGTHS),
  );
  return { shown: /data-show="([^"]*)"/.exec(sections[1] ?? '')?.[1], problems };
}

test('a slide asks for moments in its properties, several with commas or lines', () => {
  assert.deepEqual(momentsIn('show\n:   push+3.2s at 2\n'), ['push 3.2 2']);
  assert.deepEqual(momentsIn('show\n:   push+3.2s\n'), ['push 3.2 0']);
  assert.deepEqual(momentsIn('show\n:   push+3.2s at 2, drift+1s\n:   fix+4s at 1\n'), [
    'push 3.2 2',
    'drift 1 0',
    'fix 4 1',
  ]);
  assert.deepEqual(momentsIn('scene\n:   push at 2\n'), undefined);
});

test('what the scrubber copies can be pasted below what is there', () => {
  const copied = 'show\n:   push+3.2s at 2\n';
  for (const before of ['', 'scene\n:   push at 1\n', 'show\n:   drift+1.0s\n', 'id\n:   a\n\n']) {
    assert.equal(momentsIn(before + copied)?.at(-1), 'push 3.2 2', before);
    assert.deepEqual(problemsIn(before + copied), []);
  }
});

test('what is wrong is told with its line and column, and not shown', () => {
  assert.deepEqual(problemsIn('show\n:   push+3.2s at 2, sometime\n'), [
    '12:21 error “sometime” is no moment of a run.',
  ]);
  assert.deepEqual(problemsIn('show\n:   push+3.2s at 9\n'), [
    '12:5 error The moment of push waits for step 9, and this slide ends with step 2.',
  ]);
  assert.deepEqual(problemsIn('show\n:   push+3.2s at 1\n:   drift+2s at 1\n'), [
    '13:5 error Two moments are to be shown at the same step, and only one can be.',
  ]);
  assert.deepEqual(momentsIn('show\n:   push+3.2s at 1\n:   drift+2s at 1\n'), ['push 3.2 1']);
  assert.deepEqual(problemsIn('scene\n:   push at 1\n\nshow\n:   drift+2s at 1\n'), [
    '15:5 warning The scene push runs at the step that shows this frozen moment, and takes its place.',
  ]);
});

test('a slide carries its moments to the page', async () => {
  const { shown, problems } = await compiled('show\n:   push+3.2s at 2, drift+1s\n');
  assert.equal(shown, 'push+3.2s at 2, drift+1.0s');
  assert.deepEqual(problems, []);
});

test('moments that the recordings don’t have are told of, with what they have', async () => {
  const { shown, problems } = await compiled('show\n:   fix+1s, push+9.9s at 1, push+9.8s at 2\n');
  assert.equal(shown, 'push+9.8s at 2');
  assert.deepEqual(
    problems.map(({ line, column, severity, message, cure }) => [
      `${line}:${column} ${severity}`,
      message,
      cure,
    ]),
    [
      ['17:5 error', 'The recording has no scene fix.', 'Write one of push, drift.'],
      [
        '17:13 error',
        'The recorded push ends after 9.8 s, before this moment.',
        'Write push+9.8s at 1, or an earlier moment.',
      ],
    ],
  );
});

test('a moment without a diagram to show it in is told of', async () => {
  const { problems } = await compiled('show\n:   push+1s\n', '');
  assert.deepEqual(
    problems.map(
      ({ line, column, severity, message }) => `${line}:${column} ${severity} ${message}`,
    ),
    ['12:5 warning This slide shows a moment of a run, and has no diagram to show it in.'],
  );
});

test('nothing of a moment becomes a part of the page', async () => {
  const { shown } = await compiled('show\n:   push+1s"><script>x</script>\n');
  assert.equal(shown, undefined);
});
