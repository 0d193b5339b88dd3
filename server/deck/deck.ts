import type { MomentCue } from '../../src/shared/moment.ts';
import type { SceneCue } from '../../src/shared/scene.ts';
import type { Origin } from './include.ts';
import type { Problem } from './problem.ts';

/** A talk, parsed: plain data. The first slide is the title slide. */
export interface Deck {
  /** The name problems are told under. */
  file: string;
  /** Of each line of the text, where it stands: for a deck that includes other files. */
  origins?: readonly Origin[];
  /** The title slide's title, as plain text. */
  title: string;
  /** The title slide's definition list: keys in lower case with hyphens, values as plain text. */
  metadata: Record<string, string>;
  slides: Slide[];
  problems: Problem[];
}

export interface Slide {
  /** From 0, the title slide. */
  index: number;
  /** Lasts when slides are moved: the title in lower case with hyphens, or the property `id`. */
  id: string;
  kind: 'title' | 'slide';
  /** Plain text, typography applied. */
  title: string;
  titleHtml: string;
  /** Line of the headline, from 1. */
  line: number;
  blocks: Block[];
  /** Text of what each step reveals, in order. */
  steps: string[];
  /** The steps, from 0, that reveal nothing: `{::wait/}` alone on a line. */
  pauses?: number[];
  /** What the property `scene` asks for, in the order of the document. */
  scenes?: readonly SceneCue[];
  /** What the property `show` asks for, in the order of the document. */
  moments?: readonly PlacedMoment[];
  /** Speaker notes, as plain text; empty without. */
  notes: string;
  /** What `## properties` says, and the title slide's metadata: keys in lower case with hyphens. */
  properties: Record<string, string>;
}

/** A moment that a slide asks for, and where its author wrote it. Lines and columns count from 1. */
export interface PlacedMoment extends MomentCue {
  line: number;
  column: number;
}

/** Where a line of a deck's text stands, from 1. */
export function originOf({ file, origins }: Pick<Deck, 'file' | 'origins'>, line: number): Origin {
  return origins?.[line - 1] ?? { file, line };
}

/** A line in words, `line 7`, with its file where that is not the deck's own. */
export function tellLine(deck: Deck, line: number, word: 'line' | 'Line' = 'line'): string {
  const origin = originOf(deck, line);
  return origin.file === deck.file
    ? `${word} ${origin.line}`
    : `${origin.file}, line ${origin.line}`;
}

/** A problem of a deck under its own file and line. */
export function placed(deck: Deck, problem: Problem): Problem {
  return problem.file === deck.file ? { ...problem, ...originOf(deck, problem.line) } : problem;
}

/** A top-level part of a slide's body, in document order. */
export type Block =
  | { kind: BlockKind; html: string; attributes?: Record<string, string>; line?: number }
  | { kind: 'diagram'; source: string; line: number; attributes: Record<string, string> }
  | Group;

/** Blocks within an element: columns, a column, what a tag or HTML stands around. */
export interface Group {
  kind: 'group';
  /** The HTML of the tags around it. */
  open: string;
  close: string;
  blocks: Block[];
  /** Never any; so all blocks can be asked for theirs. */
  attributes?: undefined;
}

/** All blocks, those within others too, in the order of the document. */
export function blocksIn(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) =>
    block.kind === 'group' ? [block, ...blocksIn(block.blocks)] : [block],
  );
}

export type BlockKind =
  | 'paragraph'
  | 'list'
  | 'ordered-list'
  | 'definition-list'
  | 'table'
  | 'quote'
  | 'code'
  | 'image'
  | 'math'
  /** A line across. */
  | 'rule'
  /** What the slide's marks such as `[^1]` refer to, at its foot. */
  | 'footnotes'
  /** A title slide's metadata that is shown: subtitle, author, institution, date, place, … */
  | 'metadata';

/** A diagram as its source describes it, before it is drawn. Ids are the source's own. */
export interface DiagramModel {
  nodes: { id: string; label: string; parent?: string }[];
  groups: { id: string; label: string; parent?: string }[];
  edges: { id: string; from: string; to: string; label: string }[];
}

/** The box that a diagram may fill, in pixels of the canvas. */
export interface Box {
  width: number;
  height: number;
}

/** A diagram drawn: a cleaned SVG with no inline style, no script and no foreign object. */
export interface Drawing {
  svg: string;
  model: DiagramModel;
  /** Smallest text height in the box, in pixels of the canvas. */
  label: number;
  /** CSS that it needs, for this drawing alone: nothing is styled inline. */
  style?: string;
}
