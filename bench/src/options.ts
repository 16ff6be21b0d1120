import { parseArgs } from 'node:util';

/** What can be measured alone. */
export const SCENARIOS = [
  'send',
  'pipeline',
  'rivals',
  'fanout',
  'stream',
  'memory',
  'stored',
  'resume',
  'list',
  'view',
  'validation',
  'types',
  'bundle',
  'nodes',
] as const;
/** What is measured only where it is named: it compares nothing, and takes minutes. */
const STEADY = 'steady';
export type ScenarioName = (typeof SCENARIOS)[number];

/** How to measure. */
export interface RunOptions {
  /** Rounds that count, for each load. */
  readonly rounds: number;
  readonly warmUps: number;
  /** Length of one measured window in milliseconds. */
  readonly windowMs: number;
  /** Rounds of the memory measurement, each with fresh processes. */
  readonly memoryRounds: number;
  /** Flags of Node for the server processes. */
  readonly nodeOptions: readonly string[];
}

/** What the command line asks for. */
export interface CommandLine extends RunOptions {
  readonly scenarios: readonly ScenarioName[];
  /** Minutes of steady load; `undefined` where none was asked for. */
  readonly steadyMinutes: number | undefined;
  /** Print the samples as JSON in place of the table. */
  readonly json: boolean;
  /** Replace the committed table. */
  readonly write: boolean;
}

export const USAGE = `Usage: bench [options]

  --rounds N            rounds that count (default 16; memory runs a quarter as many)
  --only NAME           measure only ${SCENARIOS.join(', ')}; may be repeated
  --only steady         steady load on the chat server: does it grow? Writes steady.svg
  --minutes N           how long that takes (default 10)
  --json                print every sample as JSON
  --write               replace RESULTS.md with this run's table
  --cpu-profile DIR     write a CPU profile of every server process to DIR
`;

const DEFAULT_ROUNDS = 16;
const MAX_ROUNDS = 1_000;
const DEFAULT_MINUTES = 10;
const MAX_MINUTES = 1_440;
const WARM_UPS = 5;
const WINDOW_MS = 400;

function readRounds(text: string | undefined): number {
  const rounds = text === undefined ? DEFAULT_ROUNDS : Number(text);
  if (Number.isInteger(rounds) && rounds > 0 && rounds <= MAX_ROUNDS) return rounds;
  throw new Error(`--rounds takes a whole number from 1 to ${MAX_ROUNDS}, not ${text}.`);
}

function readMinutes(text: string | undefined): number {
  const minutes = text === undefined ? DEFAULT_MINUTES : Number(text);
  if (minutes > 0 && minutes <= MAX_MINUTES) return minutes;
  throw new Error(`--minutes takes a number above 0, up to ${MAX_MINUTES}, not ${text}.`);
}

function readScenarios(names: readonly string[] | undefined): readonly ScenarioName[] {
  const unknown = names?.find((name) => name !== STEADY && !SCENARIOS.some((scenario) => scenario === name));
  if (unknown !== undefined)
    throw new Error(`--only takes ${[...SCENARIOS, STEADY].join(', ')}, not ${unknown}.`);
  return SCENARIOS.filter((scenario) => !names || names.includes(scenario));
}

/** Reads the command line. @throws Error where it makes no sense; `undefined` where it asks for help. */
export function parseCommandLine(args: string[]): CommandLine | undefined {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: {
      help: { type: 'boolean' },
      rounds: { type: 'string' },
      only: { type: 'string', multiple: true },
      minutes: { type: 'string' },
      json: { type: 'boolean' },
      write: { type: 'boolean' },
      'cpu-profile': { type: 'string' },
    },
  });
  if (values.help) return undefined;
  const rounds = readRounds(values.rounds);
  const profile = values['cpu-profile'];
  return {
    ...{ rounds, warmUps: WARM_UPS, windowMs: WINDOW_MS, memoryRounds: Math.ceil(rounds / 4) },
    nodeOptions: profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
    scenarios: readScenarios(values.only),
    steadyMinutes: values.only?.includes(STEADY) ? readMinutes(values.minutes) : undefined,
    json: values.json ?? false,
    write: values.write ?? false,
  };
}
