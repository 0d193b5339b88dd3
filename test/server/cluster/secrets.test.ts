import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseCapture } from '../../../server/cluster/capture.ts';
import { flowEvents } from '../../../server/cluster/observe.ts';
import { redact, withoutSecrets } from '../../../server/cluster/redact.ts';
import { runs } from '../../helpers/runs.ts';

const SECRET = 'c0ffee5ecret';
/** A webhook's path: 64 hexadecimal digits, whose knowledge is the right to use it. */
const hidden = `/hook/${'5ec'.repeat(21)}f`;

/** Everything secret that may stand in a text, each with the part that must not get out. */
const planted: readonly (readonly [text: string, secret: string])[] = [
  [`https://user:${SECRET}@git.example/shop.git`, SECRET],
  [`https://${SECRET}@git.example/shop.git`, SECRET],
  [`ssh://git:p@${SECRET}@git.example/shop.git`, SECRET],
  [`https://git.example/shop.git?access=${SECRET}&x=1`, SECRET],
  [`/api/events?token=${SECRET}`, SECRET],
  [hidden, hidden],
  [`ghp_${SECRET}`, SECRET],
  [`ghs_${SECRET}`, SECRET],
  [`github_pat_11_${SECRET}`, SECRET],
  [`glpat-${SECRET}`, SECRET],
  [`xoxb-1-${SECRET}`, SECRET],
  [`https://user:p/${SECRET}@git.example/shop.git`, SECRET],
  [`Bearer ${SECRET}`, SECRET],
  [`Authorization: Basic ${SECRET}`, SECRET],
  [`https://hooks.slack.com/services/T0/B0/${SECRET}`, SECRET],
];

describe('redacted text', () => {
  for (const [text, secret] of planted) {
    test(`has no secret left of ${text.replace(secret, '…')}`, () => {
      for (const around of [text, `unable to clone '${text}': no`, `"${text}"`, `a\n${text}\nb`]) {
        assert.ok(!redact(around).includes(secret), redact(around));
        assert.ok(!withoutSecrets(around).includes(secret));
      }
    });
  }

  test('keeps what is no secret', () => {
    for (const text of [
      "failed to checkout: unable to clone 'https://git.example/shop.git': not found",
      "stored artifact for revision 'main@sha1:3c1dd37f98fea3955ec64247498aa305f6346500'",
      'Helm upgrade succeeded for release default/cafe.v2 with chart cafe@0.1.0+8bf5eb758254',
      'GET http://127.0.0.1:45253/shop.git@main: basic authentication required',
      'Did it work? Yes.',
    ]) {
      assert.equal(redact(text), text);
    }
  });

  test('is one line of at most 200 characters, cut after it was cleaned', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (text) => {
        const line = redact(text);
        assert.ok(line.length <= 200 && !/[\r\n]/.test(line) && line.isWellFormed());
      }),
    );
    const url = `https://user:${SECRET}@git.example/`;
    for (let before = 150; before < 210; before++) {
      assert.ok(!redact(`${'a'.repeat(before)} ${url}`).includes(SECRET.slice(0, 4)));
    }
  });
});

for (const name of runs) {
  test(`no event of the run ${name} holds a secret that its objects hold`, () => {
    const file = new URL(`../../fixtures/runs/${name}.jsonl`, import.meta.url);
    const { header, observations } = parseCapture(poisoned(readFileSync(file, 'utf8')));
    const told = JSON.stringify([...flowEvents(observations, header?.started ?? '')]);
    assert.ok(told.length > 10_000);
    for (const [text, secret] of planted) assert.ok(!told.includes(secret), text);
    assert.ok(!/\/hook\/[0-9a-f]/.test(told));
  });
}

/** Puts secrets into every message, URL, value, subject and patch of a capture, in turn. */
function poisoned(capture: string): string {
  let turn = 0;
  return capture
    .split('\n')
    .map((line, index) =>
      index === 0 || line === '' ? line : JSON.stringify(poison(JSON.parse(line))),
    )
    .join('\n');

  function poison(value: unknown, name = ''): unknown {
    if (typeof value === 'string') {
      if (!['message', 'note', 'subject', 'patch', 'value', 'marker', 'url'].includes(name))
        return value;
      turn += 1;
      const secret = planted[turn % planted.length]?.[0];
      return name === 'url' ? secret : `${secret} ${value} '${secret}'`;
    }
    if (Array.isArray(value)) return value.map((item) => poison(item, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, poison(item, key)]));
  }
}
