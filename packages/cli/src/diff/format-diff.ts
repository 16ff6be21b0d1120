import type { ChangeLevel, ContractChange, ContractDiff } from './contract-change';

const HEADINGS: readonly (readonly [ChangeLevel, string])[] = [
  ['breaking', 'Breaking'],
  ['feature', 'New or wider'],
  ['patch', 'Words only'],
];

const listed = ({ path, kind, message, reason }: ContractChange, width: number) =>
  `  ${path.padEnd(width)}  ${message} [${kind}]\n  ${' '.repeat(width)}  ${reason}`;

/** The changes as a text for people, grouped by level, the gravest first. */
export function formatDiff({ bump, changes }: ContractDiff): string {
  if (changes.length === 0) return 'Nothing has changed.';
  const width = Math.min(60, Math.max(...changes.map(({ path }) => path.length)));
  const groups = HEADINGS.flatMap(([level, heading]) => {
    const some = changes.filter((change) => change.level === level);
    return some.length === 0
      ? []
      : [[`${heading} (${some.length})`, ...some.map((one) => listed(one, width))].join('\n')];
  });
  return [...groups, `These changes ask for a ${bump} version.`].join('\n\n');
}
