import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { rabbitCases } from './rabbit.ts';

/** Stands in everything hostile: where a talk's text became a style or a script, it shows up. */
export const PLANTED = 'zqxj';

const HOSTILE = [
  `<script>${PLANTED}()</script>`,
  `<img src=x onerror="${PLANTED}()">`,
  `<svg onload=${PLANTED}()><style>*{color:${PLANTED}}</style></svg>`,
  `<iframe srcdoc="<script>${PLANTED}</script>"></iframe>`,
  `<a href="javascript:${PLANTED}()" style="color:${PLANTED}">x</a>`,
  `<a href=" java\tscript:${PLANTED}()">x</a>`,
  `<video src="data:text/html,${PLANTED}" autoplay onplay=${PLANTED}()></video>`,
  `<base href="//${PLANTED}/"><meta http-equiv=refresh content="0;url=//${PLANTED}/">`,
  `<object data="//${PLANTED}"></object><form action="//${PLANTED}"><input name=x></form>`,
  `<link rel=stylesheet href="//${PLANTED}">`,
  `</section></div><script>${PLANTED}()</script>`,
  `</style><script>${PLANTED}()</script>`,
  `[x](javascript:${PLANTED}())`,
  `[x](data:text/html;base64,${PLANTED})`,
  `![x](javascript:${PLANTED}() "${PLANTED}")`,
  `![x](x.png){: relative_height="60;}*{color:${PLANTED}}" width="1px;${PLANTED}:1"}`,
  `![x](x.png){: style="color:${PLANTED}" onclick="${PLANTED}()" class="${PLANTED} center"}`,
  `![x](x.png){: caption-color="red;}*{${PLANTED}:1}" caption="</figcaption><script>${PLANTED}</script>"}`,
  `![x](x.png){: align="right;${PLANTED}" relative_margin_top="-5}*{${PLANTED}:1}"}`,
  `{::tag name="x-large;}*{${PLANTED}:1}"}x{:/tag}`,
  `{: style="background:url(//${PLANTED})"}`,
  `$$\\href{javascript:${PLANTED}()}{x} \\htmlStyle{color:${PLANTED}}{x}$$`,
  `$$\\includegraphics{//${PLANTED}}$$`,
  `\`\`\`js {1;}*{${PLANTED}:1}}\nlet x = '</script>';\n\`\`\``,
  `\`\`\`"><script>${PLANTED}()</script>\nx\n\`\`\``,
  `[^${PLANTED}"><script>]: <script>${PLANTED}()</script>`,
  `*[T]: "><script>${PLANTED}()</script>`,
];

/** Slide properties with values that want to be a style. */
const PROPERTIES = ['background-color', 'background-image', 'headline-color', 'size-ratio', 'theme']
  .concat([
    'background-image-relative-width',
    'headline-align',
    'id',
    'show',
    'scene',
    'logo-image',
  ])
  .map(
    (name) => `## properties\n\n${name}\n:   red;}*{${PLANTED}:url(//${PLANTED})}"><script>\n\n`,
  );

/** Pieces of the dialect, whole and broken, so that chance puts them where nobody would. */
const PIECES = [
  ['# T\n', '\n', '\n\n', '## note\n', '## properties\n', '### x\n', 'Title\n===\n', '---\n'],
  ['* ', '  * ', '1. ', '> ', '    ', '\t', '- [ ] ', '- [x] ', ': ', ':   ', '\\', '  \n'],
  ['{::wait/}', '{::wait', '{::note}', '{:/note}', '{::comment}', '{:/}', '{::', '{:\n', '}'],
  ['{::columns}\n', '{::column/}\n', '{:/columns}\n', '{::include file="x.md"/}\n', '{:.right}\n'],
  ['{: k="v"}', '{:x: .right}\n', '{:x}', '\n{: relative_height="60"}\n', '{: lines="1|2-"}\n'],
  ['```mermaid\n', '```js {1|2}\n', '```\n', '~~~\n', '`', '``', '$$', '$$\n', '\\frac{', '_', '^'],
  [
    '*',
    '**',
    '_',
    '~~',
    '[',
    '](x)',
    '![a](b.png)',
    '![a](b.mp4)',
    '[x]: y\n',
    '[^1]',
    '[^1]: n\n',
  ],
  [
    '| a | b |\n',
    '|:-|-:|\n',
    'a | b\n- | -\n',
    '<b>',
    '</b>',
    '<!--',
    '-->',
    '<br>',
    '<td>',
    '</',
  ],
  [
    '&amp;',
    '&#0;',
    '\u0000',
    '\uFEFF',
    '\u202e',
    '日本語',
    '…',
    '"',
    "'",
    '--',
    '...',
    'a',
    ' b\n',
  ],
  ['*[HTML]: x\n', 'HTML', 'http://a.b', '<http://a.b>', '\r\n', '\r', 'x\n:   y\n'],
].flat();

const pieced = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 2, arbitrary: fc.constantFrom(...HOSTILE, ...PROPERTIES) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''));

/** A talk that somebody wrote, with one or a few accidents. */
const mutated = fc
  .tuple(
    fc.constantFrom(...writtenTalks()),
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat(40),
        put: fc.oneof(
          fc.constantFrom(...PIECES, ...HOSTILE, ...PROPERTIES),
          fc.string({ maxLength: 6 }),
        ),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([talk, accidents]) =>
    accidents.reduce((text, { at, cut, put }) => {
      const place = Math.floor(at * text.length);
      return text.slice(0, place) + put + text.slice(place + cut);
    }, talk),
  );

/** Any text that could be given as a talk. */
export const anyDocument = fc.oneof(pieced, mutated);

/** The talks of this repository, in parts that are quick to read, and Rabbit's small documents. */
function writtenTalks(): string[] {
  const slides = path.resolve(import.meta.dirname, '../../slides');
  const parts = ['flux-basics.md', 'tour.md', 'tour/diagrams.md'].flatMap((name) =>
    readFileSync(path.join(slides, name), 'utf8').split(/^(?=# )/m),
  );
  return [...parts, ...rabbitCases().map(({ md }) => md)];
}
