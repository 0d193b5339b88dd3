import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../server/deck/parse.ts';
import { rabbitCases, sketchOfRabbit } from '../../helpers/rabbit.ts';
import { sketchOf } from '../../helpers/sketch.ts';

/** Where our reading is not Rabbit's, and why. */
const DIFFERENT: Record<string, string> = {
  'case-02': 'a parent that waits comes before its children that wait',
  'case-10': 'a formula is set without LaTeX; Rabbit without it shows nothing',
  'case-11': 'a formula is set without LaTeX; Rabbit without it shows nothing',
  'case-25': 'a table row can wait, and whether an image exists is not known from the text',
  'case-26': 'an image at the right is not laid behind the text yet',
  'case-27': 'whether an image exists is not known from the text',
  'case-35': 'entries of the title slide need no blank line between them',
  'case-39': 'an attribute list that belongs to nothing is told, not shown',
  'case-40': 'an attribute list that belongs to nothing is told, not shown',
  'case-42': 'a backslash before a letter is a backslash',
};

for (const example of rabbitCases()) {
  const slides = () => parse(example.md, `${example.id}.md`).slides.map(sketchOf);

  if ('error' in example) {
    test(`${example.id}: Rabbit refuses the whole talk, here every slide lives`, () => {
      assert.equal(slides().length, 2);
    });
    continue;
  }
  const rabbits = example.slides.map(sketchOfRabbit);
  const reason = DIFFERENT[example.id];
  if (reason === undefined) {
    test(`${example.id} reads as in Rabbit`, () => assert.deepEqual(slides(), rabbits));
  } else {
    test(`${example.id} differs: ${reason}`, () => assert.notDeepEqual(slides(), rabbits));
  }
}
