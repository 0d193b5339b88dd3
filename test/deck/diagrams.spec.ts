import { readdirSync, readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { draw } from '../../server/deck/diagram/draw.ts';
import { fontFile } from '../../server/deck/diagram/font.ts';

const FOLDER = new URL('../fixtures/diagrams/', import.meta.url);
const css = readFileSync(new URL('../../src/style/diagram.css', import.meta.url), 'utf8');
const font = readFileSync(fontFile).toString('base64');
const box = { width: 1152, height: 416 };

/** Where Mermaid itself, in a browser, lets words lie on words. */
const crowded = new Set(['c4-container', 'c4']);

interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A page with nothing but the drawing, the deck's font and the rules of diagrams. */
function pageOf(svg: string, style = ''): string {
  const face = `@font-face { font-family: Deck; font-weight: 200 800; src: url(data:font/woff2;base64,${font}); }`;
  // Like a slide's, whose letters are larger than any diagram's.
  const slide = 'body { font-size: 45px; line-height: 1.25; }';
  const root =
    ':root { --sans: Deck; --plain: Deck; --ink: #000; --paper: #fff; --panel: #eee; --muted: #666; }';
  return `<!doctype html><style>${face} ${root} ${slide} ${css} ${style}</style>${svg}`;
}

test('a browser sets every kind of diagram as it was measured: nothing is cut off, no words on words', async ({
  page,
}) => {
  test.setTimeout(300_000);
  for (const file of readdirSync(FOLDER)) {
    const kind = file.replace('.mmd', '');
    const { svg, style } = await draw(
      readFileSync(new URL(file, FOLDER), 'utf8'),
      box,
      'diagram-x',
    );
    await page.setContent(pageOf(svg, style));
    const { view, drawn, texts } = await measure(page);
    const beyond = [
      view.x - drawn.x,
      view.y - drawn.y,
      drawn.x + drawn.width - view.x - view.width,
      drawn.y + drawn.height - view.y - view.height,
    ];
    expect.soft(Math.max(...beyond), `${kind} ends inside of its view`).toBeLessThan(slack);
    if (!crowded.has(kind)) expect.soft(overlaps(texts), kind).toEqual([]);
  }
});

/** What a browser's own letters may differ by, in units of the drawing. */
const slack = 4;

interface Text {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function measure(page: Page): Promise<{ view: Rect; drawn: Rect; texts: Text[] }> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    const drawing = document.querySelector('svg');
    if (!drawing) throw new Error('no drawing');
    const plain = ({ x, y, width, height }: DOMRect): Rect => ({ x, y, width, height });
    const texts = [...drawing.querySelectorAll('text')].flatMap((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      return right > left ? [{ text: text.textContent, left, right, top, bottom }] : [];
    });
    return { view: plain(drawing.viewBox.baseVal), drawn: plain(drawing.getBBox()), texts };
  });
}

/** Lines of one paragraph touch: their boxes are higher than their letters. */
function overlaps(texts: Text[]): string[] {
  return texts.flatMap((a, at) =>
    texts
      .slice(at + 1)
      .filter(
        (b) =>
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.4 * (a.bottom - a.top),
      )
      .map((b) => `${a.text} on ${b.text}`),
  );
}
