import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDiagram } from '../../../src/diagram/diagram.ts';
import type { Flow, Health, Pulse, Resource, Seconds } from '../../../src/shared/flow.ts';
import { animationEnd, drawing, observe, picture, press } from '../../helpers/drawing.ts';
import { DIAGRAMS } from '../../helpers/graph.ts';

const NEW = 'main@sha1:f28b489aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const MOVING = { motion: true };
const STILL = { motion: false };

const PUSH: Pulse = { type: 'pulse', from: 'user', to: 'git', why: 'push' };
const FETCH: Pulse = { type: 'pulse', from: 'git', to: 'source', why: 'fetch' };
const POLL: Pulse = { type: 'pulse', from: 'source', to: 'git', why: 'poll' };

const git: Resource = {
  key: 'GitRepository/a/p',
  role: 'source',
  status: 'ready',
  revision: NEW,
  since: 0,
};
const applying: Resource = {
  key: 'Kustomization/a/p',
  role: 'applier',
  status: 'progressing',
  attempted: NEW,
  since: 0,
};
const drifted: Resource = {
  key: 'Deployment/a/p',
  role: 'cluster',
  status: 'drifted',
  next: 14.3,
  since: 0,
};

function flow(more: Partial<Flow> & { all?: readonly Resource[] } = {}): Flow {
  const { all = [], ...rest } = more;
  return {
    resources: new Map(all.map((resource) => [resource.key, resource])),
    health: { state: 'live', text: 'live' },
    lines: [],
    pulses: [],
    facts: new Map(),
    ...rest,
  };
}

function pulses(...all: (readonly [Seconds, Pulse])[]): Flow['pulses'] {
  return all.map(([at, pulse]) => ({ ...pulse, at }));
}

/** What the glass shows: `G ready “main@f28b489” ~E edge lit, •x dots`. */
function seen(svg: Element): string {
  const nodes = [...svg.querySelectorAll('[data-node]')].flatMap((node) => {
    const status = node.getAttribute('data-status');
    const sign = node.querySelector('.badge')?.getAttribute('data-sign') ?? null;
    assert.equal(sign, status);
    const fact = node.querySelector('.fact')?.textContent ?? '';
    const checking = node.hasAttribute('data-checking') ? ' checking' : '';
    if (!status && !fact) return [];
    return [`${node.getAttribute('data-node')} ${status ?? '-'}${checking} “${fact}”`];
  });
  const lit = [...svg.querySelectorAll('.edge[data-flow]')].map((edge) => {
    const head = svg.querySelector(`.head[data-edge="${edge.getAttribute('data-edge')}"]`);
    assert.equal(head?.getAttribute('data-flow'), edge.getAttribute('data-flow'));
    return `${edge.getAttribute('data-edge')} ${edge.getAttribute('data-flow')}`;
  });
  const dots = [...svg.querySelectorAll('.dot')].map(
    (dot) =>
      `${dot.hasAttribute('data-faint') ? '◦' : '•'}${dot.getAttribute('transform')?.slice(10, -1)}`,
  );
  return [...nodes, ...lit, ...dots].join(', ');
}

test('at rest a drawing is touched by nothing but the layer for its dots', () => {
  const { svg } = drawing(DIAGRAMS.ga);
  const before = picture(svg);
  createDiagram(svg).paint(flow(), 0, MOVING);
  assert.equal(picture(svg).replace('<g class="dots"></g>', ''), before);
});

test('nodes show status, fact and sign; work lights the edge that it goes along', () => {
  const { svg } = drawing(DIAGRAMS.inside);
  const facts = new Map([['git', { at: 8, text: '“Say hello”' }]] as const);
  createDiagram(svg).paint(flow({ all: [git, applying, drifted], facts }), 10, MOVING);
  assert.equal(
    seen(svg),
    'B - ““Say hello””, G ready “main@f28b489”, K progressing “applying f28b489”, L drifted “drifted · 5 s”, L_K_L_0 work',
  );
});

test('a dot goes along its edge, against the arrow where that is the way', () => {
  const { svg } = drawing(DIAGRAMS.ga);
  const diagram = createDiagram(svg);
  const known = flow({ pulses: pulses([10, PUSH], [10.3, FETCH]) });
  const at = (now: Seconds) => {
    diagram.paint(known, now, MOVING);
    return seen(svg);
  };
  assert.equal(at(9.9), '');
  assert.equal(at(10), 'L_A_B_0 work, •0.0 0.0');
  assert.equal(at(10.3), 'L_A_B_0 work, L_G_B_0 work, •100.0 0.0, •200.0 0.0');
  assert.equal(at(10.6), 'L_G_B_0 work, •500.0 0.0');
  assert.equal(at(10.9), '');
});

test('a poll is faint', () => {
  const { svg } = drawing(DIAGRAMS.ga);
  createDiagram(svg).paint(flow({ pulses: pulses([0, POLL]) }), 0.3, MOVING);
  assert.equal(seen(svg), 'L_G_B_0 poll, ◦500.0 0.0');
});

test('two events on one edge are two dots; at most three are in flight, the rest merge', () => {
  const { svg } = drawing(DIAGRAMS.ga);
  const diagram = createDiagram(svg);
  const dots = (now: Seconds, ...starts: Seconds[]) => {
    diagram.paint(
      flow({ pulses: pulses(...starts.map((at) => [at, PUSH] as const)) }),
      now,
      MOVING,
    );
    return svg.querySelectorAll('.dot').length;
  };
  assert.equal(dots(0.11, 0, 0.1), 2);
  assert.equal(dots(0.41, 0, 0.1, 0.2, 0.3, 0.4), 3);
  assert.equal(dots(0.75, 0, 0.1, 0.2, 0.3, 0.4, 0.7), 2);
});

test('without motion edges are lit for a second and nothing moves', () => {
  const { svg } = drawing(DIAGRAMS.ga);
  const diagram = createDiagram(svg);
  const known = flow({ pulses: pulses([0, FETCH]) });
  diagram.paint(known, 0.99, STILL);
  assert.equal(seen(svg), 'L_G_B_0 work');
  diagram.paint(known, 1, STILL);
  assert.equal(seen(svg), '');
});

test('stale lies over every status, and no work is claimed', () => {
  const { svg } = drawing(DIAGRAMS.inside);
  const health = { state: 'stale', text: 'connection lost' } as const;
  createDiagram(svg).paint(flow({ all: [git, applying, drifted], health }), 10, MOVING);
  assert.equal(
    seen(svg),
    'G stale “last seen ready”, K stale “was progressing”, L stale “was drifted”',
  );
});

test('work is claimed of what is still watched', () => {
  const { svg } = drawing(DIAGRAMS.inside);
  const health: Health = {
    state: 'stale',
    kinds: ['GitRepository'],
    text: 'sources are not watched',
  };
  const fetching: Resource = { ...git, status: 'progressing' };
  createDiagram(svg).paint(flow({ all: [fetching, applying], health }), 10, MOVING);
  assert.equal(
    seen(svg),
    'G stale “was progressing”, K progressing “applying f28b489”, L_K_L_0 work',
  );
});

test('a badge settles after it has turned, not when it is first shown', () => {
  const { svg } = drawing(DIAGRAMS.inside);
  const diagram = createDiagram(svg);
  const settled = (status: Resource['status']) => {
    diagram.paint(flow({ all: [{ ...applying, status }] }), 0, MOVING);
    return svg.querySelector('.badge')?.hasAttribute('data-settled');
  };
  assert.deepEqual(
    [settled('ready'), settled('progressing'), settled('ready')],
    [false, false, true],
  );
});

test('what has settled does not settle again', () => {
  const { svg } = drawing(DIAGRAMS.inside);
  const diagram = createDiagram(svg);
  diagram.paint(flow({ all: [applying] }), 0, MOVING);
  diagram.paint(flow({ all: [{ ...applying, status: 'failed' }] }), 0, MOVING);
  const badge = svg.querySelector('.badge[data-settled]');
  badge?.firstElementChild?.dispatchEvent(animationEnd());
  assert.equal(badge?.hasAttribute('data-settled'), false);
});

test('comments on the drawing bind its nodes', () => {
  const { svg } = drawing('G(Source) X(Shop) ;', '%% live G = Bucket\n%% live X = Deployment/a/p');
  createDiagram(svg).paint(flow({ all: [git, drifted] }), 20, MOVING);
  assert.equal(seen(svg), 'X drifted “drifted”');
});

test('a picture is described in words, node by node', () => {
  const diagram = createDiagram(drawing(DIAGRAMS.inside).svg);
  assert.equal(
    diagram.describe(flow({ all: [git, applying, drifted] }), 10),
    'GitRepository: ready, main@f28b489. Kustomization: progressing, applying f28b489. K8s: drifted, Flux looks in 5 s.',
  );
});

/** A talk's worth of moments: everything at once. */
const busy = flow({
  all: [git, applying, drifted],
  pulses: pulses([10, PUSH], [10.2, POLL], [10.35, FETCH], [10.4, FETCH]),
  facts: new Map([['user', { at: 9.7, text: 'pushed' }]] as const),
});

test('law: the picture is a function of flow and time, whatever was shown before', () => {
  const { svg } = drawing(DIAGRAMS.ga);
  const seeking = createDiagram(svg);
  const others = [flow(), flow({ all: [drifted] }), busy];
  let seed = 7;
  for (let step = 0; step < 60; step++) {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    const known = others[seed % 3] ?? busy;
    const now = 9 + (seed % 3000) / 1000;
    const options = seed % 5 ? MOVING : STILL;
    seeking.paint(known, now, options);
    const fresh = drawing(DIAGRAMS.ga).svg;
    createDiagram(fresh).paint(known, now, options);
    assert.equal(picture(svg), picture(fresh), `at ${now}`);
  }
});

test('law: between a paint and the next change nothing would be painted, unless a dot is under way', () => {
  for (const options of [MOVING, STILL]) {
    const { svg } = drawing(DIAGRAMS.ga);
    const diagram = createDiagram(svg);
    diagram.paint(busy, 9, options);
    let shown = picture(svg);
    let from = 9;
    for (let tick = 1; tick < 325; tick++) {
      const now = 9 + tick / 50;
      const next = diagram.nextChange(busy, from);
      const moves = options.motion && diagram.needsFrame(busy, from);
      diagram.paint(busy, now, options);
      const changed = picture(svg) !== shown;
      if (changed) assert.ok(moves || (next !== undefined && next <= now), `changed at ${now}`);
      shown = picture(svg);
      from = now;
    }
    assert.equal(diagram.needsFrame(busy, from), false);
    assert.equal(shown.includes('class="dot"'), false);
  }
});

test('painting the same moment again touches nothing', () => {
  const { svg } = drawing(DIAGRAMS.ga);
  const diagram = createDiagram(svg);
  diagram.paint(busy, 10.3, MOVING);
  const observer = observe(svg);
  diagram.paint(busy, 10.3, MOVING);
  assert.equal(observer.takeRecords().length, 0);
  diagram.paint(busy, 10.31, MOVING);
  const touched = observer.takeRecords().map(({ attributeName }) => attributeName);
  assert.deepEqual(touched, ['transform', 'transform']);
});

test('paths are measured once, when the first dot takes them', () => {
  const { svg, measured } = drawing(DIAGRAMS.ga);
  const diagram = createDiagram(svg);
  diagram.paint(flow(), 10, MOVING);
  assert.equal(measured(), 0);
  diagram.paint(busy, 10.1, MOVING);
  const once = measured();
  for (let now = 10; now < 10.2; now += 0.016) diagram.paint(busy, now, MOVING);
  assert.ok(once > 0);
  assert.equal(measured(), once);
});

test('stopped, the drawing is as it was', () => {
  const { svg } = drawing(DIAGRAMS.ga);
  const before = picture(svg);
  const diagram = createDiagram(svg);
  diagram.paint(busy, 10.3, MOVING);
  assert.notEqual(picture(svg), before);
  diagram.stop();
  assert.equal(picture(svg), before);
});

test('with somebody to tell, what stands for something can be pressed, and it says its state', () => {
  const { svg } = drawing(DIAGRAMS.ga);
  const bare = drawing(DIAGRAMS.ga).svg;
  createDiagram(bare).stop();
  const pressed: string[] = [];
  const diagram = createDiagram(svg, ({ label }) => pressed.push(label));
  diagram.paint(flow({ all: [git] }), 0, STILL);
  const source = svg.querySelector('[data-label="GitRepository"]');
  assert.equal(svg.getAttribute('role'), 'group');
  assert.equal(source?.getAttribute('aria-description'), 'ready, main@f28b489');
  assert.equal(svg.querySelectorAll('[role="button"][tabindex="0"]').length, diagram.nodes.length);

  source?.dispatchEvent(press('click'));
  source?.dispatchEvent(press('keydown', 'Enter'));
  source?.dispatchEvent(press('keydown', ' '));
  assert.deepEqual(pressed, ['GitRepository', 'GitRepository']);

  diagram.nodes[0]?.mark(true);
  assert.equal(svg.querySelectorAll('[data-marked]').length, 1);
  diagram.stop();
  source?.dispatchEvent(press('click'));
  assert.equal(pressed.length, 2);
  assert.equal(picture(svg), picture(bare));
});
