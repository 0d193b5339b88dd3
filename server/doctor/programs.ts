import { type Finding, failure, ok, taleOf, warning } from './check.ts';

/** A program that the demo uses: its version, or what is wrong with it and the cure. */
export type Tool = { name: string; version: string } | { name: string; trouble: string };

export interface ToolFacts {
  /** Docker, git, kind and flux, in this order. */
  tools: readonly Tool[];
  /** Whether there is a demo, which lives in Docker and pushes with git. */
  demo: boolean;
}

/** Without these no cluster runs and nobody pushes; the others make the demo, and are typed. */
const VITAL = ['Docker', 'git'];

export function judgeTools({ tools, demo }: ToolFacts): Finding {
  const troubled = tools.flatMap((tool) => ('trouble' in tool ? [tool] : []));
  const worst = troubled.find(({ name }) => VITAL.includes(name)) ?? troubled[0];
  if (!worst) {
    return ok(
      tools.map((tool) => ('version' in tool ? `${tool.name} ${tool.version}` : '')).join(', '),
    );
  }
  const { words, cure = `Try it by hand: ${worst.name.toLowerCase()} version` } = taleOf(
    worst.trouble,
  );
  const others = troubled.filter((tool) => tool !== worst).map(({ name }) => name);
  const told = others.length === 0 ? words : `${words}; also: ${others.join(', ')}`;
  return demo && VITAL.includes(worst.name) ? failure(told, cure) : warning(told, cure);
}
