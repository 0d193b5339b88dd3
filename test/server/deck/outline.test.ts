import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Block, DiagramModel } from '../../../server/deck/deck.ts';
import { outline } from '../../../server/deck/outline.ts';
import { parse } from '../../../server/deck/parse.ts';

const deck = parse(
  '# T\n\nauthor\n: Me\n\n# S\n\n```mermaid\ngraph TD\nA((User)) -- go --> B[Thing]\n%% live B = GitRepository\n```\n\n* {::wait/}item\n\n## note\n\nSay it.\n',
  'talk.md',
);
const model: DiagramModel = {
  nodes: [
    { id: 'A', label: 'User' },
    { id: 'B', label: 'Thing', parent: 'G' },
    { id: 'C', label: 'Other' },
  ],
  groups: [{ id: 'G', label: 'Group' }],
  edges: [{ id: 'L_A_B_0', from: 'A', to: 'B', label: 'go' }],
};
const diagrams = (deck.slides[1]?.blocks ?? []).filter((block) => block.kind === 'diagram');
const models = new Map<Block, DiagramModel>(diagrams.map((diagram) => [diagram, model]));
const problems = [
  { file: 'talk.md', line: 9, column: 1, severity: 'error' as const, message: 'm', cure: 'c' },
];

test('an outline has the slides, what they reveal and say, and the diagrams’ graphs', () => {
  assert.deepEqual(outline({ deck, models, problems }), {
    title: 'T',
    metadata: { author: 'Me' },
    slides: [
      { index: 0, id: 't', title: 'T', steps: [], notes: '', blocks: ['metadata'], diagrams: [] },
      {
        index: 1,
        id: 's',
        title: 'S',
        steps: ['item'],
        notes: 'Say it.',
        blocks: ['diagram', 'list'],
        diagrams: [
          {
            line: 8,
            nodes: [
              { id: 'A', label: 'User', role: 'user', parent: null },
              { id: 'B', label: 'Thing', role: 'source', parent: 'G' },
              { id: 'C', label: 'Other', role: null, parent: null },
            ],
            edges: [{ id: 'L_A_B_0', from: 'A', to: 'B', label: 'go' }],
          },
        ],
      },
    ],
    problems,
  });
});

test('a diagram that could not be read has its line and no graph', () => {
  const [, slide] = outline({ deck, models: new Map(), problems: [] }).slides;
  assert.deepEqual(slide?.diagrams, [{ line: 8, nodes: [], edges: [] }]);
});
