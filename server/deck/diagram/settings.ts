import type { MermaidConfig } from 'mermaid';
import type { Box } from '../deck.ts';
import { colours, themeVariables } from './palette.ts';

/** What a diagram's own front matter and directives may not set: the look is the deck's. */
const secure = [
  'secure',
  'securityLevel',
  'startOnLoad',
  'maxTextSize',
  'maxEdges',
  'suppressErrorRendering',
  'theme',
  'themeVariables',
  'themeCSS',
  'darkMode',
  'look',
  'layout',
  'htmlLabels',
  'fontFamily',
  'fontSize',
  'altFontFamily',
  'useMaxWidth',
  'useWidth',
  'handDrawnSeed',
  'elk',
  'dompurifyConfig',
  'logLevel',
  'legacyMathML',
  'forceLegacyMathML',
  'arrowMarkerAbsolute',
  'textPlacement',
  'width',
  'height',
];

/** Mermaid's settings for flowcharts, which we draw ourselves: dagre places plain boxes. */
export function flowchartSettings(spacing: { node: number; rank: number }): MermaidConfig {
  return {
    ...usual,
    theme: 'neutral',
    flowchart: { nodeSpacing: spacing.node, rankSpacing: spacing.rank, useMaxWidth: false },
  };
}

const usual: MermaidConfig = {
  startOnLoad: false,
  layout: 'dagre',
  look: 'classic',
  htmlLabels: false,
  securityLevel: 'strict',
  suppressErrorRendering: true,
  deterministicIds: true,
  logLevel: 'fatal',
  secure,
};

/**
 * Mermaid's settings for all other kinds: letters of 16 units, and drawings that have a size of
 * their own in the shape of the box, so small that the letters come out large.
 */
export function otherSettings(
  box: Box,
  type: string,
  spacing: 'generous' | 'tight' = 'generous',
): MermaidConfig {
  const height = 310;
  const width = Math.round((height * box.width) / box.height);
  const [nodeSpacing, rankSpacing] = spacing === 'tight' ? [24, 28] : [50, 50];
  const graph = { useMaxWidth: false, nodeSpacing, rankSpacing };
  const chart = { useMaxWidth: false, width, height };
  const axis = { labelFontSize: 16, titleFontSize: 16 };
  const settings = {
    ...usual,
    theme: 'base' as const,
    themeVariables: { ...themeVariables, ...(large.has(type) && { fontSize: '22px' }) },
    themeCSS,
    fontFamily: 'sans-serif',
    fontSize: large.has(type) ? 22 : 16,
    flowchart: graph,
    class: { ...graph, htmlLabels: false },
    state: graph,
    er: { ...graph, rankSpacing: 70, fontSize: 16, diagramPadding: 10 },
    requirement: { ...graph, rankSpacing: 60, fontSize: 16 },
    usecase: graph,
    agentflow: graph,
    swimlane: graph,
    block: { useMaxWidth: false },
    sequence: {
      useMaxWidth: false,
      mirrorActors: false,
      width: 140,
      height: 50,
      // far apart, so that the words of frames stay on one line: a slide is wide
      actorMargin: spacing === 'tight' ? 24 : 90,
      messageMargin: spacing === 'tight' ? 20 : 24,
      boxMargin: spacing === 'tight' ? 4 : 6,
      bottomMarginAdj: 0,
      diagramMarginY: 0,
      noteMargin: 10,
      actorFontSize: 16,
      noteFontSize: 16,
      messageFontSize: 16,
    },
    gantt: {
      useMaxWidth: false,
      useWidth: Math.max(760, width),
      fontSize: 16,
      sectionFontSize: 16,
      barHeight: 27,
      barGap: 5,
      topPadding: 46,
      leftPadding: 120,
      titleTopMargin: 22,
    },
    journey: {
      useMaxWidth: false,
      width: 170,
      taskFontSize: 16,
      titleFontSize: '20px',
      textPlacement: 'tspan',
    },
    timeline: { useMaxWidth: false, padding: 20, leftMargin: 20 },
    mindmap: { useMaxWidth: false, maxNodeWidth: spacing === 'tight' ? 110 : 200, padding: 8 },
    kanban: { useMaxWidth: false, sectionWidth: 220 },
    gitGraph: { useMaxWidth: false },
    architecture: { useMaxWidth: false, fontSize: 16, iconSize: 60, padding: 30 },
    c4: {
      useMaxWidth: false,
      width: 190,
      height: 50,
      c4ShapeMargin: spacing === 'tight' ? 24 : 50,
      c4ShapePadding: 12,
      diagramMarginX: 20,
      diagramMarginY: 4,
      ...Object.fromEntries(c4Fonts.map((name) => [`${name}FontSize`, 16])),
    },
    pie: { useMaxWidth: false },
    quadrantChart: {
      useMaxWidth: false,
      chartWidth: width,
      chartHeight: height,
      titleFontSize: 18,
      quadrantLabelFontSize: 16,
      xAxisLabelFontSize: 16,
      yAxisLabelFontSize: 16,
      pointLabelFontSize: 16,
      pointRadius: 5,
    },
    xyChart: { ...chart, titleFontSize: 18, xAxis: axis, yAxis: axis },
    sankey: { ...chart, linkColor: 'source', nodeWidth: 12 },
    radar: { useMaxWidth: false, width: height, height, marginTop: 40, marginBottom: 30 },
    venn: chart,
    'wardley-beta': {
      ...chart,
      height: height + 40,
      padding: 40,
      axisFontSize: 14,
      labelFontSize: 14,
    },
    cynefin: chart,
    treemap: { useMaxWidth: false, nodeWidth: width / 10, nodeHeight: height / 10 },
    packet: { useMaxWidth: false, bitWidth: 26, rowHeight: 34 },
    ishikawa: { useMaxWidth: false },
  };
  return settings;
}

/** Kinds whose geometry leaves room for larger letters, and needs them. */
const large = new Set(['ishikawa', 'timeline']);

const c4Fonts = ['', 'external_']
  .flatMap((where) => [
    ...['person', 'system', 'container', 'component'].map((name) => where + name),
    ...['system', 'container', 'component'].flatMap((name) => [
      `${where}${name}_db`,
      `${where}${name}_queue`,
    ]),
  ])
  .concat('boundary', 'message');

/** What the kinds' own style sheets leave too small, or in a colour that hides what lies on it. */
const themeCSS = `
.tick text { font-size: 16px; }
.titleText { font-size: 18px; }
.commit-label, .tag-label { font-size: 16px; }
.radarGraticule { fill: none; }
.relationshipLabel, .edgeLabel, .labelText { font-size: 16px; }
.edgeTerminals { font-size: 15px; }
.treemapSectionLabel, .treemapSectionValue { font-size: 15px !important; }
.ishikawa-label, .ishikawa-head-label { font-size: 20px; }
.venn-title { font-size: 20px; }
.venn-circle path { fill-opacity: 0.6 !important; }
.actor-line { stroke-dasharray: 3 4; }
.sequenceNumber { font-size: 13px; }
[id$="-sequencenumber"] { fill: ${colours.panel} !important; stroke: ${colours.ink}; stroke-width: 0.6px; }
.links { stroke-opacity: 0.8; }
.edgeLabel rect, .labelBkg, .background { opacity: 1 !important; fill: ${colours.paper}; }
.architecture-service-label text { paint-order: stroke; stroke: ${colours.paper}; stroke-width: 6px; }
`;
