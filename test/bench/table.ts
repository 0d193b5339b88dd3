import { type Figure, type Goal, isMet, ratio } from './figure.ts';

const HEAD = ['', 'ours', 'plain', 'ratio', 'goal', ''];

/** Figures for people: one a line, in columns. */
export function table(figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(row)];
  const widths = HEAD.map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column === 0 || column === cells.length - 1
            ? cell.padEnd(width)
            : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function row(figure: Figure): string[] {
  const { what, unit, ours, plain, goal, note = '' } = figure;
  const met = isMet(figure);
  return [
    what,
    told(ours, unit),
    plain === undefined ? '' : told(plain, unit),
    ratio(figure)?.toFixed(2) ?? '',
    goal ? toldGoal(goal, unit) : '',
    [met === undefined ? '' : met ? 'met' : 'MISSED', note].filter(Boolean).join('; '),
  ];
}

function toldGoal({ of, most }: Goal, unit: Figure['unit']): string {
  if (of === 'ratio') return `≤ ${most}×`;
  return of === 'excess' ? `≤ +${told(most, unit)}` : `≤ ${told(most, unit)}`;
}

function told(value: number, unit: Figure['unit']): string {
  switch (unit) {
    case 'ms':
      return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
    case 'bytes':
      return value < 1e6
        ? `${(value / 1000).toFixed(1)} kB`
        : `${(value / 1e6).toFixed(value < 1e7 ? 1 : 0)} MB`;
    case 'percent':
      return `${value.toFixed(1)} %`;
    case 'count':
      return String(value);
    default:
      return unit satisfies never;
  }
}
