import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Color from 'color';
import { draw } from '../../../server/deck/diagram/draw.ts';
import { type Paint, readPaint } from '../../../server/deck/diagram/paint.ts';
import type { ShapeName } from '../../../server/deck/diagram/shape.ts';
import { readShape } from '../../../server/deck/diagram/shapeName.ts';

const box = { width: 1152, height: 416 };
const papers = ['#fbfaf7', '#0f1319'];

describe('an author’s colours', () => {
  test('are taken as they are where they can be seen', () => {
    assert.deepEqual(readPaint(['fill:#fde', 'stroke:#c06', 'stroke-width:3px', 'color:#000']), {
      fill: '#FFDDEE',
      colour: '#000000',
      stroke: '#CC0066',
      width: 3,
    });
    assert.deepEqual(readPaint(['stroke-dasharray: 5 5']), { dash: '5 5' });
    assert.equal(readPaint(['fill:none', 'opacity:1']), undefined);
  });

  test('text is read on any fill, lines and text are seen on either paper', () => {
    const hues = Array.from({ length: 12 }, (_, step) => step * 30);
    const colours = hues.flatMap((hue) => [15, 45, 80].map((l) => `hsl(${hue}, 90%, ${l}%)`));
    for (const fill of colours) {
      for (const colour of ['', 'color:red', 'color:white', `color:${fill}`]) {
        const paint = readPaint([`fill:${fill}`, colour]);
        assert.ok(Color(paint?.fill).contrast(Color(paint?.colour)) >= 4.5, `${colour} on ${fill}`);
      }
      const { stroke = '', colour = '' }: Paint =
        readPaint([`stroke:${fill}`, `color:${fill}`]) ?? {};
      for (const [at, paper] of papers.entries()) {
        assert.ok(Color(inScheme(stroke, at)).contrast(Color(paper)) >= 3, `${stroke} on ${paper}`);
        assert.ok(Color(inScheme(colour, at)).contrast(Color(paper)) >= 4.5, colour);
      }
    }
  });

  test('what is no colour and no number is left out', () => {
    for (const hostile of [
      'fill:url(https://evil.example)',
      'fill:red}body{display:none',
      'stroke:expression(alert(1))',
      'stroke-width:1px;background:url(x)',
      'stroke-dasharray:5 5}*{}',
      'color:var(--x)',
      '--paper:red',
    ])
      assert.equal(readPaint([hostile]), undefined, hostile);
  });

  test('are classes of the drawing, and give way to what the cluster says', async () => {
    const { svg, style = '' } = await draw(
      'flowchart LR\nA:::x --> B\nsubgraph S\nA\nend\nclassDef x fill:#fde,stroke:#c06\nstyle S fill:#eee\nlinkStyle 0 stroke:#00f,stroke-width:4px',
      box,
      'diagram-x',
    );
    assert.doesNotMatch(svg, /style=|fill=|stroke=/);
    assert.match(svg, /<svg[^>]* class="diagram diagram-x"/);
    const [, node = ''] = /<g class="node ([\w-]+)" data-node="A"/.exec(svg) ?? [];
    assert.match(style, new RegExp(`\\.${node} \\{ --node-paper: #FFDDEE; \\}`));
    assert.match(style, new RegExp(`\\.${node}:not\\(\\[data-status\\]\\) \\{ --node-outline: `));
    const [, edge = ''] = /<path class="edge ([\w-]+)"/.exec(svg) ?? [];
    assert.match(style, new RegExp(`\\.${edge}:not\\(\\[data-flow\\]\\) \\{ --edge-colour: `));
    assert.match(svg, /<g class="cluster [\w-]+" data-cluster="S"/);
  });

  test('a drawing without them brings no style', async () => {
    assert.equal((await draw('flowchart LR\nA --> B', box, 'diagram-x')).style, undefined);
  });
});

function inScheme(colour: string, at: number): string {
  return /light-dark\((#\w+), (#\w+)\)/.exec(colour)?.[at + 1] ?? colour;
}

test('a click leads to a page of the web, and nowhere else', async () => {
  const { svg } = await draw(
    'flowchart LR\nA --> B --> C --> D\nclick A "https://example.com/?a=1&b=2" "tip"\nclick B "javascript:alert(1)"\nclick C call alert()\nclick D "data:text/html,x"',
    box,
  );
  assert.deepEqual(svg.match(/<a [^>]*>/g), [
    '<a href="https://example.com/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">',
  ]);
  assert.doesNotMatch(svg, /javascript|alert|data:text/);
  assert.match(svg, /<svg[^>]* role="group"/);
});

test('front matter’s title stands above the picture, within the box', async () => {
  const { svg } = await draw('---\ntitle: "How it works"\n---\nflowchart TB\nA --> B --> C', box);
  assert.match(svg, /<title[^>]*>How it works<\/title>/);
  assert.match(svg, /<text class="label"[^>]*>How it works<\/text>/);
  assert.ok(Number(/ height="([\d.]+)"/.exec(svg)?.[1]) <= box.height);
});

test('labels are words: icons, markup and entities are resolved', async () => {
  const { model } = await draw(
    'flowchart LR\nA["fa:fa-user #quot;Me#quot; & you"] --> B["`**bold** and _slanted_ a_b`"]\nB --> C(日本語<br/>二行目)\nC@{ icon: "fa:user", label: "Icon" }',
    box,
  );
  assert.deepEqual(
    model.nodes.map(({ label }) => label),
    ['"Me" & you', 'bold and slanted a_b', 'Icon'],
  );
});

test('directives of the look change nothing', async () => {
  const plain = await draw('flowchart LR\nA --> B', box);
  const set =
    '%%{init: {"look": "handDrawn", "theme": "dark", "flowchart": {"curve": "linear"}}}%%\n';
  assert.equal((await draw(`${set}flowchart LR\nA --> B`, box)).svg, plain.svg);
});

test('every kind of edge is told apart', async () => {
  const { svg } = await draw(
    'flowchart LR\nA ==> B\nA -.-> C\nA ~~~ D\nA <--> E\nA o--o F\nA x--x G\nA --- H',
    box,
  );
  const to = (node: string, name: string): string[] =>
    svg.match(new RegExp(`<path class="${name}" data-edge="L_A_${node}_0"[^>]*>`, 'g')) ?? [];
  assert.match(to('B', 'edge')[0] ?? '', /data-line="thick"/);
  assert.match(to('C', 'edge')[0] ?? '', /data-line="dotted"/);
  assert.equal(to('D', 'edge').length, 0);
  assert.deepEqual(
    ['B', 'E', 'F', 'G', 'H'].map((node) => to(node, 'head').length),
    [1, 2, 2, 2, 0],
  );
});

test('every shape of Mermaid’s has one of ours, and holds its words', async () => {
  const names =
    'rect rounded stadium fr-rect cyl datastore folder bucket console browser person circle bang cloud diam hex lean-r lean-l trap-b trap-t dbl-circ text notch-rect lin-rect sm-circ fr-circ fork hourglass brace brace-r braces bolt doc delay h-cyl lin-cyl curv-trap div-rect tri win-pane f-circ notch-pent flip-tri sl-rect docs st-rect bow-rect cross-circ tag-doc tag-rect flag odd lin-doc'.split(
      ' ',
    );
  const plain: ShapeName = 'rectangle';
  assert.deepEqual(
    names.filter((name) => readShape(name) === plain),
    ['rect'],
  );
  const wordless = /^(sm-circ|fr-circ|fork|hourglass|bolt|f-circ|cross-circ)$/;
  for (const half of [names.slice(0, 27), names.slice(27)]) {
    const nodes = half.map((name, at) => `N${at}@{ shape: ${name}, label: "${name}" }`);
    const edges = half.slice(1).map((_, at) => (at % 6 === 5 ? '' : `N${at} --> N${at + 1}`));
    const { svg } = await draw(['flowchart LR', ...nodes, ...edges].join('\n'), box);
    assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
    for (const name of half)
      assert.equal(svg.includes(`>${name}</text>`), !wordless.test(name), name);
  }
});
