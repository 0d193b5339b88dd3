import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../server/deck/parse.ts';
import { rabbitCases, type Sketch, sketchOfRabbit } from '../../helpers/rabbit.ts';
import { sketchOf } from '../../helpers/sketch.ts';

/** Where our reading is not Rabbit's: why, and what is otherwise on the two slides of the case. */
interface Deviation {
  why: string;
  title?: Partial<Sketch>;
  slide?: Partial<Sketch>;
}

/** All else on these slides is as in Rabbit. */
const DIFFERENT: Record<string, Deviation> = {
  'case-02': {
    why: 'a parent that waits comes before its children that wait',
    slide: { steps: ['child1', 'parent2 child4', 'child3'] },
  },
  'case-10': { why: 'math is set, where Rabbit without LaTeX drops it', slide: { body: ['x2'] } },
  'case-11': {
    why: 'math is set, where Rabbit without LaTeX drops it',
    slide: { body: ['p(inline x2 math)'] },
  },
  'case-25': {
    why: 'a table row can wait; an image that is not there keeps its place until that is known',
    slide: {
      steps: ['quote x', 'x y', 'def'],
      body: [
        'quote(?p(quote x))',
        'table(tr(td(a) td(b)) tr(td(x) td(y)))',
        'dl(dt(term) ?dd(def))',
        'image()',
        'p(text)',
      ],
    },
  },
  'case-27': {
    why: 'an image that is not there keeps its place until that is known',
    slide: { body: ['image(title)', 'image()'] },
  },
  'case-35': {
    why: 'entries of the title slide need no blank line between them',
    title: { body: ['author: Foo Bar', 'date: 2016-10-09'] },
  },
  'case-39': {
    why: 'an attribute list that belongs to nothing is told, not shown',
    slide: {
      body: [
        'p([a] [b][missing] [c](rel/path.md) [me@x.y](mailto:me@x.y) https://auto.com)',
        'p([https://u.v](https://u.v))',
      ],
    },
  },
  'case-40': {
    why: 'an attribute list that belongs to nothing is told, not shown',
    title: { title: 'T' },
  },
};

/** What Rabbit refuses, with the whole talk: the body of the slide that it is on. */
const REFUSED: Record<string, string[]> = {
  'case-06': ['p(html)'],
  'case-07': ['p(text)'],
  'case-08': [
    'p(textfootnote-mark([1](#fn-1-1)))',
    'footnotes(ol(li(footnote text [↩](#fnref-1-1))))',
  ],
  'case-09': ['p(a b © c < d)'],
  'case-22': ['p(The HTML thing)'],
  'case-24': [],
  'case-28': [
    'diagram(graph TD A-->B)',
    'diagram(graph TD A-->B)',
    'diagram(this is not mermaid)',
    'code({A -> B})',
    'diagram(graph TD A-->B)',
  ],
  'case-43': ['p(日本語 改行)'],
};

for (const example of rabbitCases()) {
  const { id, md } = example;
  const slides = () => parse(md, `${id}.md`).slides.map(sketchOf);

  if ('error' in example) {
    test(`${id}: Rabbit refuses the whole talk, here every slide lives`, () => {
      const all = slides();
      assert.equal(all.length, 2);
      assert.deepEqual(all[1]?.body, REFUSED[id]);
    });
    continue;
  }
  const rabbits = example.slides.map(sketchOfRabbit);
  const { why, title, slide } = DIFFERENT[id] ?? {};
  const [first, second, ...others] = rabbits;
  const expected = [
    ...(first ? [{ ...first, ...title }] : []),
    ...(second ? [{ ...second, ...slide }] : []),
    ...others,
  ];
  test(why === undefined ? `${id} reads as in Rabbit` : `${id} differs: ${why}`, () => {
    assert.deepEqual(slides(), expected);
  });
  if (why === undefined) continue;
  test(`${id} is rightly among the deviations`, () => {
    assert.notDeepEqual(expected, rabbits);
  });
}
