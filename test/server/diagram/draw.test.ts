import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { JSDOM } from 'jsdom';
import type { Drawing } from '../../../server/deck/deck.ts';
import { draw } from '../../../server/deck/diagram/draw.ts';
import { DiagramError } from '../../../server/deck/diagram/error.ts';

const deck = readFileSync(new URL('../../../slides/flux-basics.md', import.meta.url), 'utf8');
const sources = [...deck.matchAll(/```mermaid\n([\s\S]*?)```/g)].map(([, source = '']) => source);

/** What each of the author's diagrams consists of, the box it gets, and what its description says. */
const diagrams = [
  {
    title: 'the diagram of the user',
    box: { width: 1152, height: 300 },
    nodes: ['A', 'B', 'F', 'L'],
    edges: ['A-B', 'B-F', 'F-L'],
    says: 'User to Git Host; Git Host to Flux; Flux to Kubernetes.',
  },
  {
    title: 'the diagram of two groups',
    box: { width: 1152, height: 345 },
    nodes: ['A', 'B', 'G', 'K', 'L'],
    edges: ['A-B', 'G-B', 'G-K', 'K-G', 'K-L'],
    says: 'Internet contains User and Git Host. Flux contains GitRepository and Kustomization. Cluster contains Flux and K8s. User to Git Host; GitRepository to Git Host: pull; GitRepository to Kustomization; Kustomization to GitRepository; Kustomization to K8s.',
  },
  {
    title: 'the busiest diagram',
    box: { width: 1152, height: 345 },
    nodes: ['A', 'B', 'W', 'R', 'G', 'K', 'L'],
    edges: ['A-B', 'B-W', 'W-R', 'G-B', 'G-K', 'K-G', 'R-G', 'K-L'],
    says: 'Internet contains User, Git Host, and Webhook. Flux contains Receiver, GitRepository, and Kustomization. Cluster contains Flux and K8s. User to Git Host; Git Host to Webhook; Webhook to Receiver: notify; GitRepository to Git Host: pull; GitRepository to Kustomization: notify; Kustomization to GitRepository: pull; Receiver to GitRepository; Kustomization to K8s.',
  },
];

for (const [index, { title, box, nodes, edges, says }] of diagrams.entries()) {
  describe(title, () => {
    let drawing: Drawing;
    let svg: Element;
    before(async () => {
      drawing = await draw(sources[index] ?? '', box);
      svg = read(drawing.svg);
    });

    test('has every node and every edge, stamped', () => {
      const stamps = (selector: string, name: string): string[] =>
        [...svg.querySelectorAll(selector)].map((one) => one.getAttribute(name) ?? '');
      assert.deepEqual(stamps('g.node', 'data-node').toSorted(), nodes.toSorted());
      const ways = [...svg.querySelectorAll('path.edge')].map(
        (one) => `${one.getAttribute('data-from')}-${one.getAttribute('data-to')}`,
      );
      assert.deepEqual(ways.toSorted(), edges.toSorted());
      assert.deepEqual(
        stamps('path.edge', 'data-edge').toSorted(),
        drawing.model.edges.map(({ id }) => id).toSorted(),
      );
      assert.equal(svg.querySelectorAll('path.head').length, edges.length);
      assert.equal(svg.querySelectorAll('text.fact:empty').length, nodes.length);
    });

    test('can be read from the last row', () => {
      assert.ok(drawing.label >= 14, `the smallest text is ${drawing.label} px high`);
      const label = Number(svg.querySelector('.label')?.getAttribute('font-size'));
      assert.ok(label >= 18 && label <= 24, `labels are ${label} px high`);
    });

    test('brings no style, no script and no foreign object', () => {
      assert.equal(svg.querySelectorAll('style, script, foreignObject, [style]').length, 0);
    });

    test('keeps its nodes apart and within its edges, and fits its box', () => {
      const rects = [...svg.querySelectorAll('g.node')].map(rectOf);
      const [, , width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '')
        .split(' ')
        .map(Number);
      assert.ok(width <= box.width + 0.01 && height <= box.height + 0.01, `${width}×${height}`);
      for (const [at, a] of rects.entries()) {
        assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height);
        for (const b of rects.slice(at + 1))
          assert.ok(!overlap(a, b), `${a.id} and ${b.id} overlap`);
      }
    });

    test('keeps nodes out of groups that they are not in', () => {
      const inside = new Map(drawing.model.nodes.map((node) => [node.id, node.parent]));
      const parents = new Map(drawing.model.groups.map((group) => [group.id, group.parent]));
      for (const cluster of svg.querySelectorAll('g.cluster')) {
        const id = cluster.getAttribute('data-cluster') ?? '';
        const rect = cluster.querySelector('rect');
        assert.ok(rect);
        const value = (name: string): number => Number(rect.getAttribute(name));
        const own = {
          x: value('x'),
          y: value('y'),
          width: value('width'),
          height: value('height'),
        };
        for (const node of [...svg.querySelectorAll('g.node')].map(rectOf)) {
          const parent = inside.get(node.id);
          const belongs = parent === id || parents.get(parent ?? '') === id;
          assert.equal(overlap(own, node), belongs, `${node.id} and ${id}`);
        }
      }
    });

    test('says in words what it shows', () => {
      const desc = svg.querySelector('desc');
      assert.equal(desc?.textContent, says);
      assert.equal(svg.getAttribute('aria-describedby'), desc?.id);
      assert.equal(svg.getAttribute('aria-labelledby'), svg.querySelector('title')?.id);
    });

    test('is the same, byte for byte, when drawn again', async () => {
      assert.equal((await draw(sources[index] ?? '', box)).svg, drawing.svg);
    });
  });
}

describe('a source that is wrong', () => {
  const wrong: [name: string, source: string, line: number, message: RegExp][] = [
    [
      'a word that does not belong',
      'flowchart LR\nA --> B\nB --> [\nC --> D\n',
      3,
      /“\[” is not expected/,
    ],
    [
      'the same under comments and empty lines',
      '\n%% hello\nflowchart LR\n%% there\nA --> [\nB\n',
      5,
      /not expected/,
    ],
    ['a group that is not closed', 'flowchart LR\nsubgraph X\nA --> B\n', 3, /ends before/],
    ['no diagram at all', 'hello', 1, /no kind of diagram/],
    ['nothing', '', 1, /no kind of diagram/],
    ['another kind', 'sequenceDiagram\nA->>B: hi\nfoo bar\n', 3, /before this is complete/],
    ['far too much', `flowchart LR\n${'A --> B\n'.repeat(3000)}`, 1, /at most/],
  ];
  for (const [name, source, line, message] of wrong)
    test(`tells the line of ${name}`, async () => {
      const error = await draw(source, { width: 1152, height: 345 }).catch((thrown) => thrown);
      assert.ok(error instanceof DiagramError);
      assert.equal(error.line, line);
      assert.match(error.message, message);
    });
});

test('an author’s own description takes the place of ours', async () => {
  const source =
    'flowchart LR\naccTitle: From push to cluster\naccDescr: A push ends up running.\nA --> B';
  const drawn = read((await draw(source, { width: 600, height: 400 })).svg);
  assert.equal(drawn.querySelector('title')?.textContent, 'From push to cluster');
  assert.equal(drawn.querySelector('desc')?.textContent, 'A push ends up running.');
});

test('other kinds of diagram are drawn without their styles, and bind nothing', async () => {
  const { svg, model } = await draw('sequenceDiagram\nA->>B: hi', { width: 1152, height: 345 });
  assert.deepEqual(model, { nodes: [], groups: [], edges: [] });
  const drawn = read(svg);
  assert.match(drawn.querySelector('desc')?.textContent ?? '', /hi/);
  assert.equal(drawn.querySelectorAll('style, script, foreignObject, [style]').length, 0);
});

test('what an author writes in a label stays text', async () => {
  const { svg, model } = await draw(
    'flowchart TB\nA["<b>a</b> #lt;script#gt; #quot;x#quot;<br/>two"] -- "1 & 2" --> B{"?"}\nstyle A fill:#f00',
    { width: 600, height: 400 },
  );
  assert.equal(model.nodes[0]?.label, 'a <script> "x" two');
  const drawn = read(svg);
  assert.equal(drawn.querySelectorAll('script, b, [style]').length, 0);
  assert.deepEqual(
    [...drawn.querySelectorAll('[data-node="A"] .label')].map((line) => line.textContent),
    ['a <script> "x"', 'two'],
  );
});

const { window } = new JSDOM();
after(() => window.close());

function read(svg: string): Element {
  const { documentElement } = new window.DOMParser().parseFromString(svg, 'image/svg+xml');
  assert.equal(documentElement.localName, 'svg');
  return documentElement;
}

interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

function rectOf(node: Element): Rect & { id: string } {
  const value = (name: string): number => Number(node.getAttribute(`data-${name}`));
  return {
    id: node.getAttribute('data-node') ?? '',
    x: value('x'),
    y: value('y'),
    width: value('width'),
    height: value('height'),
  };
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
