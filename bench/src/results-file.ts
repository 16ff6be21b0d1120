import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure';
import type { CommandLine, ScenarioName } from './options';
import { toBarPlots } from './plots/bar-plot';
import { toTable, toVerdicts } from './table';

const FILE = fileURLToPath(new URL('../RESULTS.md', import.meta.url));
const PLOTS = fileURLToPath(new URL('../plots/', import.meta.url));

/** What was measured, by the scenario that did. */
export type Results = ReadonlyMap<ScenarioName, readonly Figure[]>;

/** What a reader has to know of the run to judge its figures. */
export const describeRun = ({ rounds, memoryRounds, windowMs }: CommandLine): string =>
  [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${availableParallelism()} shared cores, loopback.`,
    `Medians of ${rounds} interleaved rounds of ${windowMs} ms; memory: ${memoryRounds} rounds of fresh processes.`,
  ].join(' ');

async function writePlots(results: Results): Promise<void> {
  await rm(PLOTS, { recursive: true, force: true });
  await mkdir(PLOTS);
  for (const [name, figures] of results) {
    await writeFile(`${PLOTS}${name}.svg`, toBarPlots(`Ratios of ${name}`, figures));
  }
}

/** Replaces the committed table and its plots with this run's. */
export async function writeResults(results: Results, commandLine: CommandLine): Promise<void> {
  const figures = [...results.values()].flat();
  const parts = [
    '# The last run',
    `${describeRun(commandLine)} What is measured and how to read it: [README.md](README.md).`,
    ...[...results.keys()].map(
      (name) => `![Ratios of ${name}: the table below has them](./plots/${name}.svg)`,
    ),
    toTable(figures),
    toVerdicts(figures),
  ];
  await writePlots(results);
  await writeFile(FILE, `${parts.join('\n\n')}\n`);
}
