import type { PlacedRemark, Remark } from './rules/remark.ts';

/** A file that a deck consists of. */
export interface Part {
  /** Tells it from all others: its absolute path. */
  path: string;
  /** What problems in it are told under. */
  name: string;
  text: string;
}

/** Where a line of a deck stands. Lines count from 1. */
export interface Origin {
  file: string;
  line: number;
}

/** A deck's text with all that it includes. */
export interface Joined {
  text: string;
  /** Of each line of the text, where it stands. */
  origins: Origin[];
  /** What could not be included; its lines are those of the text. */
  remarks: PlacedRemark[];
  /** Absolute paths of all files that the text comes from, or would come from if they were there. */
  files: string[];
}

/** What comes of asking for a part: the part, or its absolute path and why it can't be had. */
export type Opened = Part | { path: string; fault: Remark };

/** More than any talk is made of; parts that include each other twice would make endless ones. */
const MOST = 500;

/**
 * Puts the files that a deck includes in the place of `{::include file="part.md"/}`, each followed
 * and preceded by a blank line.
 * @param open gives a part that is named in another
 */
export async function join(
  deck: Part,
  open: (name: string, from: Part) => Promise<Opened>,
): Promise<Joined> {
  const joined: Joined = { text: '', origins: [], remarks: [], files: [] };
  const lines: string[] = [];
  let parts = 0;

  const put = (text: string, file: string, line: number) => {
    lines.push(text);
    joined.origins.push({ file, line });
  };
  const addPart = async (part: Part, around: readonly Part[]): Promise<void> => {
    joined.files.push(part.path);
    const within = [...around, part];
    for (const { text, line, wanted, column } of linesOf(part.text)) {
      if (wanted === undefined) {
        put(text, part.name, line);
        continue;
      }
      put('', part.name, line);
      const opened = parts++ < MOST ? await open(wanted, part) : undefined;
      const fault = faultOf(opened, within);
      if (fault) joined.remarks.push({ line: lines.length, column, ...fault });
      if (opened && 'fault' in opened) joined.files.push(opened.path);
      if (!opened || fault || 'fault' in opened) continue;
      await addPart(opened, within);
      put('', part.name, line);
    }
  };
  await addPart(deck, []);
  return { ...joined, text: lines.join('\n'), files: [...new Set(joined.files)] };
}

function faultOf(opened: Opened | undefined, within: readonly Part[]): Remark | undefined {
  if (opened === undefined) return tooMany;
  if ('fault' in opened) return opened.fault;
  const again = within.findIndex(({ path }) => path === opened.path);
  if (again < 0) return undefined;
  const way = [...within.slice(again), opened].map(({ name }) => name);
  return {
    severity: 'error',
    message:
      way.length === 2
        ? `${opened.name} includes itself.`
        : `These files include each other in a circle: ${way.join(' → ')}.`,
    cure: 'Take one of these lines out.',
  };
}

const tooMany: Remark = {
  severity: 'error',
  message: `This deck includes more than ${MOST} files.`,
  cure: 'Take out what includes the same files again and again.',
};

interface Line {
  text: string;
  /** From 1. */
  line: number;
  /** Of the `{`, from 1. */
  column: number;
  /** The file that the line includes. */
  wanted?: string;
}

const INCLUDE = /^( {0,3})\{::include\s+file=(?:"([^"]*)"|'([^']*)')\s*\/\}\s*$/;
/** What begins something whose lines are not ours, and what ends it. */
const CLOSED: [begin: RegExp, end: (begun: string) => RegExp][] = [
  [/^\s*(`{3,}|~{3,})/, (marks) => new RegExp(`^\\s*${marks}${marks.charAt(0)}*\\s*$`)],
  [/^ {0,3}(<!--)(?!.*-->)/, () => /-->/],
  [/^ {0,3}(\{::comment\})\s*$/, () => /^ {0,3}\{:\/(comment)?\}\s*$/],
];

/** The lines of a part, with the files that they ask for outside of fences and comments. */
function linesOf(source: string): Line[] {
  let end: RegExp | undefined;
  const lines = source.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
  return lines.map((text, index) => {
    const line = { text, line: index + 1, column: 1 };
    if (end !== undefined) {
      if (end.test(text)) end = undefined;
      return line;
    }
    for (const [begin, ending] of CLOSED) {
      const [, begun] = begin.exec(text) ?? [];
      if (begun !== undefined) end = ending(begun);
    }
    const [, indent = '', double, single] = INCLUDE.exec(text) ?? [];
    const wanted = double ?? single;
    return wanted === undefined ? line : { ...line, column: indent.length + 1, wanted };
  });
}
