import { bindings } from '../../src/shared/binding.ts';
import type { Role } from '../../src/shared/flow.ts';
import { type Block, blocksIn, type Deck, type DiagramModel } from './deck.ts';
import type { Problem } from './problem.ts';

/** What a talk consists of, as plain JSON for tools. */
export interface Outline {
  title: string;
  metadata: Record<string, string>;
  slides: {
    index: number;
    id: string;
    title: string;
    /** The text of each step. */
    steps: string[];
    notes: string;
    /** The kinds of the blocks, in document order. */
    blocks: Block['kind'][];
    diagrams: OutlinedDiagram[];
  }[];
  problems: Problem[];
}

interface OutlinedDiagram {
  /** Of the fence, from 1. */
  line: number;
  nodes: { id: string; label: string; role: Role | null; parent: string | null }[];
  edges: { id: string; from: string; to: string; label: string }[];
}

/** What an outline is made of: a deck, and what its diagrams say where they could be read. */
export interface Outlined {
  deck: Deck;
  models: ReadonlyMap<Block, DiagramModel>;
  problems: readonly Problem[];
}

export function outline({ deck, models, problems }: Outlined): Outline {
  return {
    title: deck.title,
    metadata: deck.metadata,
    slides: deck.slides.map(({ index, id, title, steps, notes, blocks }) => ({
      index,
      id,
      title,
      steps,
      notes,
      blocks: blocks.map(({ kind }) => kind),
      diagrams: blocksIn(blocks).flatMap((block) =>
        block.kind === 'diagram' ? [diagram(block, models.get(block))] : [],
      ),
    })),
    problems: problems.map(({ file, line, column, severity, message, cure }) => ({
      file,
      line,
      column,
      severity,
      message,
      cure,
    })),
  };
}

function diagram(
  { line, source }: Extract<Block, { kind: 'diagram' }>,
  model: DiagramModel | undefined,
): OutlinedDiagram {
  const nodes = model?.nodes ?? [];
  const bound = bindings(source, nodes).nodes;
  return {
    line,
    nodes: nodes.map(({ id, label, parent }) => ({
      id,
      label,
      role: bound.get(id)?.role ?? null,
      parent: parent ?? null,
    })),
    edges: (model?.edges ?? []).map(({ id, from, to, label }) => ({ id, from, to, label })),
  };
}
