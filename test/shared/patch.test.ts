import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerpt } from '../../src/shared/patch.ts';

const SIGNS = { file: '# ', added: '+', removed: '-', same: ' ', note: '! ' };

function shown(patch: string, most = 12): string {
  return excerpt(patch, most)
    .lines.map(({ kind, text }) => SIGNS[kind] + text)
    .join('\n');
}

const HELLO = `diff --git a/kustomize/deployment.yaml b/kustomize/deployment.yaml
index 9e43070..106890c 100644
--- a/kustomize/deployment.yaml
+++ b/kustomize/deployment.yaml
@@ -22,4 +22,4 @@ spec:
         env:
         - name: PODINFO_UI_MESSAGE
-          value: greetings
+          value: "hello"`;

function newFile(name: string, lines: number): string {
  const added = Array.from({ length: lines }, (_, i) => `+line ${i}`);
  return `diff --git a/${name} b/${name}\nnew file mode 100644\n--- /dev/null\n+++ b/${name}\n@@ -0,0 +1,${lines} @@\n${added.join('\n')}`;
}

test('a change is shown with its file, what stands next to it, and no more indent than it needs', () => {
  assert.equal(
    shown(HELLO),
    [
      '# kustomize/deployment.yaml',
      ' env:',
      ' - name: PODINFO_UI_MESSAGE',
      '-  value: greetings',
      '+  value: "hello"',
    ].join('\n'),
  );
});

test('where there is little room, what changed goes before what stands next to it', () => {
  assert.equal(shown(HELLO, 3), '# kustomize/deployment.yaml\n-value: greetings\n+value: "hello"');
  assert.equal(shown(HELLO, 4).split('\n')[1], ' - name: PODINFO_UI_MESSAGE');
});

test('what there is no room for is counted', () => {
  const { lines, left } = excerpt(newFile('long.yaml', 30), 12);
  assert.deepEqual([lines.length, left], [12, 19]);
  assert.equal(excerpt(HELLO, 12).left, 0);
});

test('each file is named once, and none without a line of its own', () => {
  const patch = `${newFile('a.yaml', 9)}\n${newFile('b.yaml', 9)}`;
  assert.equal(shown(patch, 11).match(/#/g)?.length, 1);
  assert.match(shown(patch, 12), /# b\.yaml\n\+line 0$/);
});

test('two places of one file do not run into each other’s context', () => {
  const patch = `diff --git a/f b/f\n@@ -1,3 +1,3 @@\n one\n-two\n three\n@@ -9,2 +9,3 @@\n nine\n+ten`;
  assert.equal(shown(patch), '# f\n one\n-two\n three\n nine\n+ten');
  assert.equal(shown(patch, 3), '# f\n-two\n+ten');
});

test('a file that is moved or has no lines says so', () => {
  assert.equal(
    shown('diff --git a/old b/new\nsimilarity index 100%\nrename from old\nrename to new'),
    '# new\n! was old',
  );
  assert.equal(
    shown('diff --git a/x.png b/x.png\nBinary files a/x.png and b/x.png differ'),
    '# x.png\n! binary file',
  );
});

test('what is no patch has no lines, and a patch without a head has those that it has', () => {
  for (const nothing of ['', 'hello', '+++ b/f']) assert.deepEqual(excerpt(nothing, 12).lines, []);
  assert.equal(shown('@@ -1 +1 @@\n-a\n+b'), '-a\n+b');
});
