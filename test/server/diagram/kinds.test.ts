import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { JSDOM } from 'jsdom';
import { draw } from '../../../server/deck/diagram/draw.ts';
import { DiagramError } from '../../../server/deck/diagram/error.ts';

const FOLDER = new URL('../../fixtures/diagrams/', import.meta.url);
const box = { width: 1152, height: 416 };

/** Of each kind: words that its picture must show, and the least height of its letters if not 14. */
const kinds: Record<string, { shows: string[]; label?: number }> = {
  agentflow: { shows: ['Read the alert', 'Ask the cluster'] },
  architecture: { shows: ['Cluster', 'Git Host', 'Flux', 'Artifacts', 'Database'] },
  block: { shows: ['Git Host', 'Flux', 'app', 'storage'] },
  // Mermaid puts C4's boxes one row under the other, whatever the box is like
  c4: { shows: ['Developer', 'Flux', 'etcd', 'pulls', '[https]'], label: 8 },
  'c4-container': { shows: ['source-controller', 'Fetches artifacts', 'writes'], label: 8 },
  class: { shows: ['Source', '+fetch() : Artifact', 'Kustomization<T>', 'implements', '1', '*'] },
  cynefin: { shows: ['How to answer an incident', 'Complex', 'Act, sense, respond'] },
  er: { shows: ['GITREPOSITORY', 'refers to', 'how often to look', 'FK'] },
  eventmodeling: { shows: ['Cart', 'AddItem', 'ItemAdded', 'CartItems'] },
  flowchart: { shows: ['User', 'Git Host', 'Cluster', 'push', 'healthy?'] },
  gantt: { shows: ['Moving to GitOps', 'Prepare', 'Write the manifests', 'Done', '18 Jan'] },
  gitgraph: { shows: ['main', 'staging', 'first', 'v2.0.0', 'urgent'] },
  info: { shows: ['v12'] },
  ishikawa: { shows: ['Manifests', 'Wrong image', 'Old version'], label: 9 },
  journey: { shows: ['A day with GitOps', 'Morning', 'Push', 'Operator'] },
  kanban: { shows: ['To do', 'Rehearse it', 'FD-12', 'kou'] },
  mindmap: { shows: ['GitOps', 'OCI artifacts', '継続的'] },
  packet: { shows: ['Source port', 'Sequence number', '127'] },
  pie: { shows: ['What reconciles most often', 'Kustomization [62]', '24%'] },
  quadrant: { shows: ['Where to begin', 'Do it now', 'Webhooks', 'Much gain'] },
  radar: { shows: ['Speed', 'Safety', 'Push', 'Pull'] },
  railroad: { shows: ['revision =', 'branch', '@sha1:', 'digit'] },
  'railroad-abnf': { shows: ['revision =', '@sha1:', 'f'] },
  'railroad-ebnf': { shows: ['revision =', '@sha1:', 'f'] },
  'railroad-peg': { shows: ['revision =', '@sha1:', 'f'] },
  requirement: { shows: ['converge', 'Text: the cluster follows Git', '<<satisfies>>'] },
  sankey: { shows: ['Git', 'Kustomization', 'Secrets'] },
  // eight messages and three frames are higher than half a slide
  sequence: { shows: ['User', 'git push', 'the signature', 'loop', 'reconcile', '1'], label: 7.5 },
  state: { shows: ['Waiting', 'Progressing', 'all healthy', 'Drifted', 'ten minutes'] },
  swimlane: { shows: ['Developer', 'Receive', 'webhook', 'Apply'] },
  timeline: { shows: ['The history of Flux', 'Beginnings', '2021', 'Flux v2'] },
  treemap: { shows: ['Cluster', 'flux-system', 'podinfo', '60'], label: 11 },
  treeview: { shows: ['clusters', 'production', 'apps.yaml', 'podinfo'] },
  usecase: { shows: ['developer', 'Push a change', 'Watch the', 'Cluster'] },
  venn: { shows: ['Where GitOps lives', 'Development', 'GitOps', 'Operations'] },
  wardley: { shows: ['The value of a deployment', 'Kubernetes', 'Evolution', 'Genesis'] },
  xychart: { shows: ['Deployments per month', 'Jan', '120'] },
};

test('every kind that has an example is checked', () => {
  const names = readdirSync(FOLDER).map((name) => name.replace('.mmd', ''));
  assert.deepEqual(names.toSorted(), Object.keys(kinds).toSorted());
});

for (const [kind, { shows, label = 14 }] of Object.entries(kinds))
  test(`${kind} is drawn whole, clean and large enough to read`, async () => {
    const drawing = await draw(example(kind), box, 'diagram-x');
    const svg = read(drawing.svg);
    const words = [...svg.querySelectorAll('text')].map((text) => text.textContent.trim());
    for (const word of shows)
      assert.ok(
        words.some((text) => text.replaceAll(/\s+/g, ' ').includes(word)),
        `${word} is not among ${words.join(' | ')}`,
      );
    const size = (name: string) => Number(svg.getAttribute(name));
    assert.ok(size('width') > 60 && size('width') <= box.width + 0.01, `${size('width')} wide`);
    assert.ok(size('height') > 20 && size('height') <= box.height + 0.01);
    assert.ok(drawing.label >= label && drawing.label <= 24.01, `letters of ${drawing.label} px`);
    assertClean(svg, drawing.style ?? '');
  });

/** Nothing that is styled, run or fetched; colours are the deck's, or an author's that were read. */
function assertClean(svg: Element, style: string): void {
  assert.equal(svg.querySelectorAll('style, script, foreignObject, image, [style]').length, 0);
  for (const element of [svg, ...svg.querySelectorAll('*')])
    for (const { name, value } of element.attributes) {
      assert.doesNotMatch(name, /^on|^(fill|stroke|color|font-family|href|src)$/);
      assert.doesNotMatch(value, /NaN|undefined|Infinity|javascript:|url\((?!#diagram-x-)/);
      if (name === 'id' || name.startsWith('aria-')) assert.match(value, /^diagram-x-/);
    }
  for (const [, value = ''] of style.matchAll(/(?:fill|stroke|paper|outline|colour): ([^;]+);/g))
    assert.match(
      value,
      /^(none|currentcolor|context-(fill|stroke)|var\(--[\w-]+\)|#[0-9A-F]{6}|light-dark\(#[0-9A-F]{6}, #[0-9A-F]{6}\))$/i,
    );
  assert.doesNotMatch(style, /@|url\(|<|!important/);
  for (const rule of style.trim().split('\n'))
    if (rule !== '') assert.match(rule, /^\.diagram-x[ .][^{]*\{[^{}]*\}$/);
}

test('a drawing of the same kind in another box has the shape of that box', async () => {
  const [wide, high] = await Promise.all(
    [box, { width: 500, height: 416 }].map(async (room) => {
      const { svg } = await draw(example('xychart'), room, 'diagram-x');
      const [, , width = 0, height = 0] = (read(svg).getAttribute('viewBox') ?? '')
        .split(' ')
        .map(Number);
      return width / height;
    }),
  );
  assert.ok(wide && Math.abs(wide - box.width / box.height) < 0.3, `${wide}`);
  assert.ok(high && Math.abs(high - 500 / 416) < 0.3, `${high}`);
});

describe('what an author sets', () => {
  test('of the look does nothing, of the content it does', async () => {
    const plain = await draw('---\ntitle: Trunk\n---\ngitGraph\ncommit id: "a"', box, 'diagram-x');
    const set = `---\ntitle: Trunk\nconfig:\n  theme: dark\n  themeCSS: "svg{display:none}"\n---\n%%{init: {"look": "handDrawn", "themeVariables": {"git0": "#ff0000"}}}%%\ngitGraph\ncommit id: "a"`;
    const drawn = await draw(set, box, 'diagram-x');
    assert.equal(drawn.style, plain.style);
    assert.match(drawn.svg, /<title[^>]*>Trunk</);
    const branch =
      '%%{init: {"gitGraph": {"mainBranchName": "trunk"}}}%%\ngitGraph\ncommit id: "a"';
    assert.match((await draw(branch, box, 'diagram-x')).svg, />trunk</);
  });

  test('as a colour becomes one that is read in both schemes', async () => {
    const source = 'sequenceDiagram\nrect rgb(250, 200, 200)\nA->>B: hi\nend';
    const { style = '' } = await draw(source, box, 'diagram-x');
    assert.match(style, /fill: var\(--red-tint\)/);
  });

  test('does not get a script, a style or an address into the page', async () => {
    const hostile = [
      'sequenceDiagram\nA->>B: <img src=x onerror=alert(1)><script>alert(1)</script>\nlink A: x @ javascript:alert(1)',
      'classDiagram\nclass A["</text><script>alert(1)</script>"]\nclick A href "javascript:alert(1)"',
      'stateDiagram-v2\nclassDef x fill:url(https://evil.example/x),stroke:red\n[*] --> A:::x',
      'gantt\nsection <style>*{}</style>\nA : 2026-01-01, 1d',
      'mindmap\n root["<iframe src=https://evil.example></iframe>x"]',
      'C4Context\nPerson(a, "A", $sprite="https://evil.example/x.png", $link="https://evil.example")',
    ];
    for (const source of hostile) {
      const drawn = await draw(source, box, 'diagram-x').catch((error: unknown) => error);
      if (drawn instanceof DiagramError) continue;
      assert.ok(typeof drawn === 'object' && drawn !== null && 'svg' in drawn && 'style' in drawn);
      assertClean(read(String(drawn.svg)), String(drawn.style));
    }
  });
});

describe('a mistake', () => {
  /** One of each family of Mermaid's parsers. */
  const wrong: [kind: string, source: string, line: number, column: number, message: RegExp][] = [
    [
      'an unknown letter (jison)',
      'flowchart LR\nA --> B\n  ]] x\n',
      3,
      3,
      /“\]\]” is not expected/,
    ],
    ['a wrong word (jison)', 'erDiagram\nA {\n  ]]\n}', 3, 3, /“\]” is not expected/],
    [
      'a line cut short (jison)',
      'sequenceDiagram\nA->>B: hi\nfoo bar\nA->>B: x',
      3,
      8,
      /line ends/,
    ],
    ['an unknown letter (langium)', 'pie\n"a" : 1\n ]]', 3, 2, /“\]” is not expected/],
    ['a wrong word (langium)', 'packet-beta\n0-3: "a"\n4: 5', 3, 4, /“5” is not expected/],
    ['a wrong word (chevrotain)', 'usecase-beta\nactor a\nb("x"', 3, 6, /line ends|not expected/],
    ['below comments and front matter', '---\ntitle: x\n---\n%% c\n\npie\n"a" : ]', 7, 7, /“\]”/],
  ];
  for (const [name, source, line, column, message] of wrong)
    test(`is told with line and column: ${name}`, async () => {
      const error = await draw(source, box).catch((thrown: unknown) => thrown);
      assert.ok(error instanceof DiagramError);
      assert.match(error.message, message);
      assert.deepEqual([error.line, error.column], [line, column]);
    });
});

const { window } = new JSDOM();
after(() => window.close());

function example(kind: string): string {
  return readFileSync(new URL(`${kind}.mmd`, FOLDER), 'utf8');
}

function read(svg: string): Element {
  const { documentElement } = new window.DOMParser().parseFromString(svg, 'image/svg+xml');
  assert.equal(documentElement.localName, 'svg', svg.slice(0, 300));
  return documentElement;
}
