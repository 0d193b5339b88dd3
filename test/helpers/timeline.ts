import type { Timed } from '../../src/shared/event.ts';
import type { FlowEvent, Resource } from '../../src/shared/flow.ts';

/** A run as text for people: one line for each thing that happened, at its time. */
export function timeline(run: Iterable<Timed>): string {
  const lines: string[] = [];
  const shown = new Map<string, string>();
  for (const { at, event } of run) {
    const last = lines.at(-1) ?? '';
    const time = at.toFixed(2).padStart(7);
    // The hops of a webhook are one way.
    if (event.type === 'pulse' && event.why === 'webhook' && last.startsWith(`${time} webhook`)) {
      if (last.includes(`→${event.from} `)) {
        lines[lines.length - 1] = last.replace(`→${event.from} `, `→${event.from}→${event.to} `);
        continue;
      }
    }
    const words = wordsOf(event);
    if (event.type === 'changed') {
      if (shown.get(event.resource.key) === words) continue;
      shown.set(event.resource.key, words);
    }
    lines.push(`${time} ${words}`);
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function wordsOf(event: FlowEvent): string {
  switch (event.type) {
    case 'changed':
      return resourceInWords(event.resource);
    case 'removed':
      return `${short(event.key)} is gone`;
    case 'pulse': {
      const about = [short(event.key ?? ''), revision(event.revision)].filter(Boolean).join(' ');
      return `${event.why} ${event.from}→${event.to} ${about}`;
    }
    case 'commit':
      return `commit ${revision(event.revision)} "${event.subject}" ${event.patch?.split('\n').length ?? 0} lines`;
    case 'notice':
      return `${event.severity === 'warning' ? '! ' : '· '}${short(event.key)}: ${event.text}`;
    case 'marker':
      return `======== ${event.name}`;
    case 'health':
    case 'position':
      return event.type;
    default:
      return event satisfies never;
  }
}

function resourceInWords(resource: Resource): string {
  const { key, status, checking, reason, message, attempted, ready, total, next } = resource;
  const isTelling = status === 'failed' || status === 'waiting' || status === 'drifted';
  return [
    `${short(key)} ${status}`,
    checking && '(checking)',
    isTelling && [reason, message].filter(Boolean).join(': '),
    resource.revision && revision(resource.revision),
    attempted && attempted !== resource.revision && `attempts ${revision(attempted)}`,
    total !== undefined && `${ready}/${total}`,
    next !== undefined && `next ${next.toFixed(2)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function short(key: string): string {
  return key.replace(/^(\w+)\/[^/]*\//, '$1/');
}

function revision(full: string | undefined): string {
  return (full ?? '').replace(/^.*sha1:/, '').replace(/^([0-9a-f]{7})[0-9a-f]{33}$/, '$1');
}
