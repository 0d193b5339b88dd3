import Color, { type ColorInstance } from 'color';

/** What an author's `style`, `classDef` or `linkStyle` asks for, as far as it is understood. */
export interface Paint {
  /** Colours are CSS, safe to write into a style sheet. */
  fill?: string;
  stroke?: string;
  /** Of the text. */
  colour?: string;
  /** Pixels. */
  width?: number;
  dash?: string;
}

/** The paper of both schemes, and the ink that is read on light and on dark. */
const papers = { light: Color('#fbfaf7'), dark: Color('#0f1319') } as const;
const inks = [Color('#171b22'), Color('#fbfaf7')] as const;

/** AA for text, and for what is not. */
const contrast = { text: 4.5, line: 3 } as const;

/**
 * Reads declarations such as `fill:#f9f`; later ones win, what is no colour or number is left out.
 * Text that can't be read on its fill gets ink or paper; lines and text on the paper are made
 * lighter or darker until they are seen in both schemes.
 */
export function readPaint(declarations: string[]): Paint | undefined {
  const said = new Map(
    declarations.flatMap((one): [string, string][] => {
      const [name = '', ...value] = one.split(':');
      const text = value
        .join(':')
        .replace(/!\s*important/i, '')
        .trim();
      return text === '' ? [] : [[name.trim().toLowerCase(), text.replace(/;$/, '')]];
    }),
  );
  const fill = parse(said.get('fill') ?? said.get('background-color') ?? said.get('background'));
  const stroke = parse(said.get('stroke'));
  const colour = parse(said.get('color'));
  const width = /^(\d+(?:\.\d+)?)(?:px)?$/.exec(said.get('stroke-width') ?? '')?.[1];
  const dash = /^\d+(?:\.\d+)?(?:px)?(?:[\s,]+\d+(?:\.\d+)?(?:px)?){0,7}$/.exec(
    said.get('stroke-dasharray') ?? '',
  )?.[0];
  const paint: Paint = {
    ...(fill && { fill: fill.hex(), colour: readable(fill, colour).hex() }),
    ...(!fill && colour && { colour: onPaper(colour, contrast.text) }),
    ...(stroke && { stroke: onPaper(stroke, contrast.line) }),
    ...(width !== undefined && { width: Math.min(12, Number(width)) }),
    ...(dash !== undefined &&
      dash !== '0' && { dash: dash.replaceAll(/px|,/g, ' ').replaceAll(/\s+/g, ' ').trim() }),
  };
  return Object.keys(paint).length > 0 ? paint : undefined;
}

/** Opaque: what shines through is the light paper. */
function parse(text = ''): ColorInstance | undefined {
  try {
    const colour = Color(text.toLowerCase());
    if (colour.alpha() === 0) return undefined;
    return Color(papers.light.mix(colour.alpha(1), colour.alpha()).hex());
  } catch {
    return undefined;
  }
}

/** Of black and white, one can be read on any colour; of ink and paper, on most. */
function readable(fill: ColorInstance, wanted: ColorInstance | undefined): ColorInstance {
  const best = fill.contrast(inks[0]) >= fill.contrast(inks[1]) ? inks[0] : inks[1];
  const ordered = [...(wanted ? [wanted] : []), best, Color('black'), Color('white')];
  return ordered.find((one) => one.contrast(fill) >= contrast.text) ?? best;
}

/** The colour as it is, where it can be seen; else as near to it as can. */
function onPaper(colour: ColorInstance, least: number): string {
  const [light, dark] = [papers.light, papers.dark].map((paper) => {
    const towards = paper.isLight() ? inks[0] : inks[1];
    for (let share = 0; share < 1; share += 0.05) {
      const mixed = colour.mix(towards, share);
      if (mixed.contrast(paper) >= least) return mixed.hex();
    }
    return towards.hex();
  });
  return light === dark ? String(light) : `light-dark(${light}, ${dark})`;
}
