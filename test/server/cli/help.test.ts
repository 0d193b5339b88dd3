import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fluxdeck } from '../../helpers/command.ts';

const commands = ['start', 'build', 'check', 'outline', 'import', 'doctor'];

test('--help names every command and ends with an example', async () => {
  const { code, out, err } = await fluxdeck(['--help']);
  assert.equal(code, 0);
  assert.equal(err, '');
  for (const command of commands) assert.match(out, new RegExp(`^  ${command} `, 'm'));
  assert.match(out, /Example:\n {2}fluxdeck start talk\.md/);
});

test('--help of every command says what it does, ends with an example, and offers --json', async () => {
  const helps = await Promise.all(commands.map((command) => fluxdeck([command, '--help'])));
  for (const [index, { code, out, err }] of helps.entries()) {
    assert.equal(code, 0);
    assert.equal(err, '');
    assert.match(out, new RegExp(`^Usage: fluxdeck ${commands[index]} `));
    assert.match(out, new RegExp(`Example:\n {2}fluxdeck ${commands[index]} \\S`));
    assert.match(out, /^ {2}--json /m);
  }
});

test('asked for nothing, it helps, on the error stream', async () => {
  const { code, out, err } = await fluxdeck([]);
  assert.equal(code, 2);
  assert.equal(out, '');
  assert.match(err, /Example:/);
});

const wrong: [sentence: string, args: string[], answer: RegExp][] = [
  ['a command that nearly exists', ['strat'], /unknown command 'strat'\n\(Did you mean start\?\)/],
  ['an option that nearly exists', ['check', '--jsno'], /\(Did you mean --json\?\)/],
  ['an argument too many', ['check', 'a.md', 'b.md'], /too many arguments/],
  ['a missing argument', ['import', '-o', 'x'], /missing required argument 'capture'/],
  ['a missing option', ['import', 'x'], /required option '-o, --out <file>' not specified/],
  ['a port that is a word', ['start', '--port', 'http'], /--port takes a number/],
  ['a port that is too high', ['start', '--port', '65536'], /--port takes a number/],
  ['a pace that is none', ['start', '--pace', 'slow'], /Allowed choices are visible, real/],
];

test('what is asked wrongly is told in a few words, with exit code 2', async (t) => {
  const answers = await Promise.all(wrong.map(([, args]) => fluxdeck(args)));
  for (const [index, [sentence, , answer]] of wrong.entries()) {
    await t.test(sentence, () => {
      const { code, out, err } = answers[index] ?? assert.fail();
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, answer);
      assert.ok(err.trim().split('\n').length <= 3, err);
    });
  }
});
