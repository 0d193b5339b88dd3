import type { Paint } from './paint.ts';
import type { ShapeName } from './shape.ts';

export type Direction = 'LR' | 'RL' | 'TB' | 'BT';

/** A flowchart as its source describes it: ids are the source's own, labels are lines of text. */
export interface Graph {
  direction: Direction;
  /** The author's own name and description of it (`accTitle`, `accDescr`), if any. */
  title: string;
  description: string;
  nodes: GraphNode[];
  groups: Group[];
  edges: Edge[];
}

export interface GraphNode {
  id: string;
  lines: string[];
  shape: ShapeName;
  /** The group it lies in. */
  parent?: string;
  paint?: Paint;
  /** Where a click on it leads: http or https. */
  link?: string;
}

export interface Group {
  id: string;
  title: string;
  parent?: string;
  paint?: Paint;
}

export type Tip = 'none' | 'arrow' | 'circle' | 'cross';

export interface Edge {
  id: string;
  from: string;
  to: string;
  lines: string[];
  line: 'solid' | 'dotted' | 'thick' | 'invisible';
  head: Tip;
  tail: Tip;
  paint?: Paint;
}
