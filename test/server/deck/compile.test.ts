import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile } from '../../../server/deck/compile.ts';

const drawing = {
  svg: '<svg></svg>',
  model: { nodes: [{ id: 'F', label: 'Flux' }], groups: [], edges: [] },
  label: 20,
};
const compiled = (text: string) => compile(text, 'talk.md', async () => drawing);
const diagram = '```mermaid\ngraph TD\nF[Flux]\n```\n';

test('a slide with a live diagram carries the scenes that it asks for, else push and drift', async () => {
  const { sections, problems } = await compiled(
    `# T\n\n# A\n\n${diagram}\n# B\n\n{::wait/}\n\n${diagram}\n## properties\n\nscene\n:   push at 1\n:   drift\n`,
  );
  assert.deepEqual(
    sections.map((html) => /data-scenes="([^"]*)"/.exec(html)?.[1]),
    [undefined, 'push drift', 'push@1 drift'],
  );
  assert.deepEqual(problems, []);
});

test('scenes without a diagram to show them in are told of, with the slide’s line', async () => {
  const { sections, problems } = await compiled(
    '# T\n\n# A\n\ntext\n\n## properties\n\nscene\n:   push\n',
  );
  assert.doesNotMatch(sections.join(''), /data-scenes/);
  assert.deepEqual(
    problems.map(({ line, severity, message }) => [line, severity, message]),
    [
      [
        3,
        'warning',
        'This slide asks for scenes, and has no diagram to show them in, so they do not run.',
      ],
    ],
  );
});
