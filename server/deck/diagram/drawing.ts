import type { Box, DiagramModel, Drawing } from '../deck.ts';
import { drawOther } from './clean.ts';
import { DiagramError } from './error.ts';
import { fit } from './fit.ts';
import type { Font } from './font.ts';
import type { Graph } from './graph.ts';
import type { Mermaid } from './mermaid.ts';
import { headingRoom, writePicture } from './picture.ts';
import { fontSize } from './words.ts';

/** Sources are not longer, graphs not larger: what a slide can show ends far below. */
const limits = { source: 20_000, nodes: 80, edges: 120 } as const;

/**
 * Draws one diagram. `prefix` begins the ids in the SVG.
 * @throws DiagramError
 */
export async function drawDiagram(
  source: string,
  box: Box,
  prefix: string,
  { mermaid, font }: { mermaid: Mermaid; font: Font },
): Promise<Drawing> {
  if (source.length > limits.source)
    throw new DiagramError(`A diagram's source is at most ${limits.source} characters long.`);
  const chart = await mermaid.read(source, box);
  if (chart.kind === 'other') return drawOther(chart, box, prefix, font);
  const { graph } = chart;
  if (graph.nodes.length === 0) throw new DiagramError('The diagram has no nodes.');
  if (graph.nodes.length > limits.nodes || graph.edges.length > limits.edges)
    throw new DiagramError(
      `A diagram has at most ${limits.nodes} nodes and ${limits.edges} edges.`,
    );
  const room = chart.heading === '' ? 0 : headingRoom;
  const within = { ...box, height: box.height - room };
  const fitted = await fit(graph, within, font, (request) => chart.arrange(request));
  const { svg, style } = writePicture(fitted, font, prefix, chart.heading);
  return {
    svg,
    ...(style !== '' && { style }),
    model: modelOf(graph),
    label: Math.round(Math.min(...Object.values(fontSize)) * fitted.unit * 100) / 100,
  };
}

function modelOf(graph: Graph): DiagramModel {
  return {
    nodes: graph.nodes.map(({ id, lines, parent }) => ({
      id,
      label: lines.join(' '),
      ...(parent !== undefined && { parent }),
    })),
    groups: graph.groups.map(({ id, title, parent }) => ({
      id,
      label: title,
      ...(parent !== undefined && { parent }),
    })),
    edges: graph.edges.map(({ id, from, to, lines }) => ({ id, from, to, label: lines.join(' ') })),
  };
}
