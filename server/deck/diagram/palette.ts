import Color, { type ColorInstance } from 'color';

/** Colours that tell things apart, in the order of their hues: as many as `diagram.css` has. */
const hues = ['blue', 'orange', 'green', 'pink', 'teal', 'violet', 'yellow', 'red'] as const;
/** Where they are on the wheel, in degrees. */
const angles: Record<(typeof hues)[number], number> = {
  blue: 215,
  orange: 30,
  green: 138,
  pink: 325,
  teal: 180,
  violet: 265,
  yellow: 52,
  red: 5,
};

/** What stands in Mermaid's theme for a colour of ours, until the drawing's CSS is written. */
const stand: Record<string, string> = {
  '#010203': 'var(--ink)',
  '#50607a': 'var(--muted)',
  '#fdfcf1': 'var(--paper)',
  '#f1efea': 'var(--panel)',
  '#fbf1c1': 'var(--highlight)',
};
const [ink = '', muted = '', paper = '', panel = '', highlight = ''] = Object.keys(stand);

/** The stand-ins by name. */
export const colours = { ink, paper, panel } as const;

/** The n-th colour, from 0, as Mermaid is told it: its hue, fully saturated. */
function nth(n: number): string {
  const angle = angles[hues[n % hues.length] ?? 'blue'];
  return Color.hsl(angle, 90, 52 - Math.floor(n / hues.length) / 10)
    .hex()
    .toLowerCase();
}

function numbered(name: string, from: number, to: number, value: (n: number) => string) {
  return Object.fromEntries(
    Array.from({ length: to - from + 1 }, (_, at) => [`${name}${at + from}`, value(at)]),
  );
}

/** Variables of Mermaid's base theme: what is not among them follows from these. */
export const themeVariables: Record<string, unknown> = {
  background: paper,
  primaryColor: panel,
  primaryTextColor: ink,
  primaryBorderColor: muted,
  secondaryColor: panel,
  secondaryTextColor: ink,
  secondaryBorderColor: muted,
  tertiaryColor: panel,
  tertiaryTextColor: ink,
  tertiaryBorderColor: muted,
  lineColor: muted,
  arrowheadColor: muted,
  textColor: ink,
  titleColor: ink,
  noteBkgColor: highlight,
  noteBorderColor: muted,
  noteTextColor: ink,
  edgeLabelBackground: paper,
  relationLabelBackground: paper,
  labelBackgroundColor: paper,
  clusterBkg: panel,
  clusterBorder: muted,
  nodeBkg: paper,
  mainBkg: paper,
  nodeBorder: ink,
  actorBkg: paper,
  actorBorder: ink,
  activationBkgColor: panel,
  activationBorderColor: ink,
  signalColor: ink,
  labelBoxBkgColor: panel,
  sequenceNumberColor: ink,
  attributeBackgroundColorOdd: paper,
  attributeBackgroundColorEven: panel,
  rowOdd: paper,
  rowEven: panel,
  stateBkg: paper,
  compositeBackground: panel,
  compositeTitleBackground: panel,
  altBackground: panel,
  specialStateColor: ink,
  innerEndBackground: ink,
  sectionBkgColor: panel,
  sectionBkgColor2: panel,
  altSectionBkgColor: paper,
  excludeBkgColor: panel,
  gridColor: muted,
  taskBkgColor: nth(0),
  taskBorderColor: nth(0),
  activeTaskBkgColor: nth(6),
  activeTaskBorderColor: nth(6),
  doneTaskBkgColor: panel,
  doneTaskBorderColor: muted,
  critBkgColor: nth(7),
  critBorderColor: nth(7),
  todayLineColor: nth(7),
  vertLineColor: muted,
  taskTextColor: ink,
  taskTextDarkColor: ink,
  taskTextLightColor: ink,
  taskTextOutsideColor: ink,
  taskTextClickableColor: ink,
  personBkg: paper,
  personBorder: ink,
  requirementBackground: paper,
  commitLabelColor: ink,
  commitLabelBackground: paper,
  tagLabelColor: ink,
  tagLabelBackground: highlight,
  tagLabelBorder: muted,
  branchLabelColor: ink,
  pieStrokeColor: paper,
  pieOuterStrokeColor: paper,
  pieOpacity: '1',
  archEdgeColor: muted,
  archEdgeArrowColor: muted,
  archGroupBorderColor: muted,
  vennSetTextColor: ink,
  vennTitleTextColor: ink,
  quadrant1Fill: panel,
  quadrant2Fill: paper,
  quadrant3Fill: panel,
  quadrant4Fill: paper,
  quadrant1TextFill: ink,
  quadrant2TextFill: ink,
  quadrant3TextFill: ink,
  quadrant4TextFill: ink,
  quadrantPointFill: nth(0),
  quadrantPointTextFill: ink,
  quadrantInternalBorderStrokeFill: muted,
  quadrantExternalBorderStrokeFill: muted,
  emUiFill: paper,
  emUiStroke: ink,
  ...numbered('cScale', 0, 11, nth),
  ...numbered('cScalePeer', 0, 11, nth),
  ...numbered('cScaleInv', 0, 11, nth),
  ...numbered('cScaleLabel', 0, 11, () => ink),
  ...numbered('pie', 1, 12, nth),
  ...numbered('git', 0, 7, nth),
  ...numbered('gitInv', 0, 7, nth),
  ...numbered('gitBranchLabel', 0, 7, () => ink),
  ...numbered('fillType', 0, 7, nth),
  ...numbered('venn', 1, 8, nth),
  xyChart: {
    backgroundColor: paper,
    plotColorPalette: Array.from({ length: 8 }, (_, n) => nth(n)).join(','),
  },
  radar: {
    axisColor: muted,
    axisLabelFontSize: 16,
    legendFontSize: 16,
    graticuleColor: muted,
    graticuleOpacity: 1,
    curveOpacity: 0.5,
  },
  packet: {
    startByteColor: ink,
    startByteFontSize: '15px',
    byteFontSize: '15px',
    labelFontSize: '16px',
    titleFontSize: '18px',
  },
  cynefin: { domainFontSize: 18, itemFontSize: 16 },
  commitLabelFontSize: '16px',
  tagLabelFontSize: '16px',
  pieTitleTextSize: '20px',
  fontSize: '16px',
  fontFamily: 'sans-serif',
  useGradient: false,
  dropShadow: 'none',
  strokeWidth: 1.5,
};

/** A dot is an area that is seen by its colour alone. */
export type Use = 'text' | 'fill' | 'stroke' | 'dot';

/**
 * One of Mermaid's colours as one of ours, in both schemes: text is ink, an area the pale tint
 * and a line the strong tone of the nearest hue. Undefined: it is no colour that we can read.
 */
export function ourColour(value: string, use: Use): string | undefined {
  const text = value.trim().toLowerCase();
  if (/^(none|transparent|currentcolor|context-(fill|stroke))$/.test(text))
    return text === 'transparent' ? 'none' : text;
  if (/^url\(["']?#[\w-]+["']?\)$/.test(text)) return undefined;
  const colour = parse(text);
  if (!colour) return undefined;
  if (colour.alpha() < 0.02) return 'none';
  if (use === 'text') return 'var(--ink)';
  const known = stand[colour.hex().toLowerCase()];
  if (known) return known;
  const { s = 0, l = 0 } = colour.hsl().object();
  const chroma = (s / 100) * (1 - Math.abs((2 * l) / 100 - 1));
  if (chroma < 0.07) {
    // white lines are for Mermaid's dark areas: ours are pale
    if (use === 'stroke') return l > 92 || l < 12 ? 'var(--ink)' : 'var(--muted)';
    if (l > 97) return 'var(--paper)';
    return l > 55 ? 'var(--panel)' : l > 30 ? 'var(--muted)' : 'var(--ink)';
  }
  return `var(--${nearest(colour)}-${use === 'fill' ? 'tint' : 'tone'})`;
}

function nearest(colour: ColorInstance): string {
  const { h = 0 } = colour.hsl().object();
  const away = (angle: number): number => Math.min(Math.abs(h - angle), 360 - Math.abs(h - angle));
  return hues.toSorted((a, b) => away(angles[a]) - away(angles[b]))[0] ?? 'blue';
}

function parse(text: string): ColorInstance | undefined {
  try {
    return Color(text);
  } catch {
    return undefined;
  }
}
