import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describeMachine } from './describe-machine';
import type { Figure } from './figure';
import type { CommandLine, ScenarioName } from './options';
import { toBarPlots } from './plots/bar-plot';
import { toTable, toVerdicts } from './table';

const FILE = fileURLToPath(new URL('../RESULTS.md', import.meta.url));
const PLOTS = fileURLToPath(new URL('../plots/', import.meta.url));

/** What was measured, by the scenario that did. */
export type Results = ReadonlyMap<ScenarioName, readonly Figure[]>;

/** What a reader has to know of the run to judge its figures. */
export const describeRun = ({ rounds, windowMs }: CommandLine): string =>
  [
    `${describeMachine()}.`,
    `Medians of ${rounds} interleaved rounds of ${windowMs} ms; fewer where a round is long or takes fresh processes.`,
  ].join(' ');

/** The committed page: what met its goal, plots, and the table. */
export function toResults(results: Results, commandLine: CommandLine): string {
  const figures = [...results.values()].flat();
  const parts = [
    ...['# The last run', `${describeRun(commandLine)} How to read it: [measurements](README.md).`],
    ...['## Goals', toVerdicts(figures), '## Ratios'],
    'Bars are medians, lines lead from the least to the greatest of a round, marks are goals.',
    ...[...results.keys()].map((name) => `![Ratios of ${name}, which are below](./plots/${name}.svg)`),
    ...['## Figures', toTable(figures)],
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Replaces the committed page and its plots with this run's. What could not be measured here has neither. */
export async function writeResults(results: Results, commandLine: CommandLine): Promise<void> {
  const measured = new Map([...results].filter(([, figures]) => figures.length > 0));
  await rm(PLOTS, { recursive: true, force: true });
  await mkdir(PLOTS);
  for (const [name, figures] of measured) {
    await writeFile(`${PLOTS}${name}.svg`, toBarPlots(`Ratios of ${name}`, figures));
  }
  await writeFile(FILE, toResults(measured, commandLine));
}
