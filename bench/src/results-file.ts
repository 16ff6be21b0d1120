import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure';
import type { CommandLine } from './options';
import { toTable, toVerdicts } from './table';

const FILE = fileURLToPath(new URL('../RESULTS.md', import.meta.url));

/** What a reader has to know of the run to judge its figures. */
export const describeRun = ({ rounds, memoryRounds, windowMs }: CommandLine): string =>
  [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${availableParallelism()} shared cores, loopback.`,
    `Medians of ${rounds} interleaved rounds of ${windowMs} ms; memory: ${memoryRounds} rounds of fresh processes.`,
  ].join(' ');

/** Replaces the committed table with this run's. */
export async function writeResults(figures: readonly Figure[], commandLine: CommandLine): Promise<void> {
  const parts = [
    '# The last run',
    `${describeRun(commandLine)} What is measured and how to read it: [README.md](README.md).`,
    toTable(figures),
    toVerdicts(figures),
  ];
  await writeFile(FILE, `${parts.join('\n\n')}\n`);
}
