import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { draw } from '../../server/deck/diagram/draw.ts';
import { fontFile } from '../../server/deck/diagram/font.ts';

const FOLDER = new URL('../fixtures/diagrams/', import.meta.url);
const css = readFileSync(new URL('../../src/style/diagram.css', import.meta.url), 'utf8');
const font = readFileSync(fontFile).toString('base64');
const box = { width: 1152, height: 416 };

/** Where Mermaid itself, in a browser, lets words lie on words. */
const crowded = new Set(['c4-container', 'c4']);

/** A page with nothing but the drawing, the deck's font and the rules of diagrams. */
function pageOf(svg: string, style = ''): string {
  const face = `@font-face { font-family: Deck; font-weight: 200 800; src: url(data:font/woff2;base64,${font}); }`;
  const root = ':root { --sans: Deck; --ink: #000; --paper: #fff; --panel: #eee; --muted: #666; }';
  return `<!doctype html><style>${face} ${root} ${css} ${style}</style>${svg}`;
}

for (const file of readdirSync(FOLDER)) {
  const kind = file.replace('.mmd', '');
  test(`a browser sets ${kind} as it was measured: nothing is cut off, no words on words`, async ({
    page,
  }) => {
    test.setTimeout(60_000);
    const { svg, style } = await draw(
      readFileSync(new URL(file, FOLDER), 'utf8'),
      box,
      'diagram-x',
    );
    await page.setContent(pageOf(svg, style));
    await page.evaluate(() => document.fonts.ready);
    const seen = await page.evaluate(() => {
      const drawing = document.querySelector('svg');
      if (!drawing) throw new Error('no drawing');
      const { x, y, width, height } = drawing.getBBox();
      const texts = [...drawing.querySelectorAll('text')].flatMap((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        return right > left ? [{ text: text.textContent, left, right, top, bottom }] : [];
      });
      return { view: drawing.viewBox.baseVal, drawn: { x, y, width, height }, texts };
    });
    const { view, drawn } = seen;
    const slack = 4;
    expect(drawn.x).toBeGreaterThanOrEqual(view.x - slack);
    expect(drawn.y).toBeGreaterThanOrEqual(view.y - slack);
    expect(drawn.x + drawn.width).toBeLessThanOrEqual(view.x + view.width + slack);
    expect(drawn.y + drawn.height).toBeLessThanOrEqual(view.y + view.height + slack);
    if (crowded.has(kind)) return;
    const overlaps = seen.texts.flatMap((a, at) =>
      seen.texts
        .slice(at + 1)
        .filter(
          (b) =>
            Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 &&
            // lines of one paragraph touch: their boxes are higher than their letters
            Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.4 * (a.bottom - a.top),
        )
        .map((b) => `${a.text} on ${b.text}`),
    );
    expect(overlaps).toEqual([]);
  });
}
