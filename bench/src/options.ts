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
  'start',
  'list',
  'view',
  'validation',
  'types',
  'bundle',
  'nodes',
  'dialects',
] as const;
/** What is measured where a minute has to do. */
const QUICK_SCENARIOS: readonly ScenarioName[] = [
  'send',
  'pipeline',
  'fanout',
  'stream',
  'memory',
  'stored',
  'start',
];
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
  /** Rounds of what takes long, such as fresh processes. */
  readonly fewRounds: number;
  /** Whether scenarios that have many loads leave out those without a goal, and those with many connections have fewer. */
  readonly isQuick: boolean;
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

  --quick               in about a minute, what a change is most likely to move: few and short rounds
  --rounds N            rounds that count (default 16; fewer where each takes long)
  --only NAME           measure only ${SCENARIOS.join(', ')}; may be repeated
  --only steady         steady load on the chat server: does it grow? Writes steady.svg
  --minutes N           how long that takes (default 10)
  --json                print every sample as JSON
  --write               replace RESULTS.md and plots/ with this run's, of everything
  --cpu-profile DIR     write a CPU profile of every server process to DIR
`;

const DEFAULT_ROUNDS = 16;
const QUICK_ROUNDS = 3;
const MAX_ROUNDS = 1_000;
const DEFAULT_MINUTES = 10;
const MAX_MINUTES = 1_440;
const WHOLE = { warmUps: 5, windowMs: 400 };
const QUICK = { warmUps: 3, windowMs: 250 };

function readRounds(text: string | undefined, isQuick: boolean): number {
  const rounds = Number(text ?? (isQuick ? QUICK_ROUNDS : DEFAULT_ROUNDS));
  if (Number.isInteger(rounds) && rounds > 0 && rounds <= MAX_ROUNDS) return rounds;
  throw new Error(`--rounds takes a whole number from 1 to ${MAX_ROUNDS}, not ${text}.`);
}

function readMinutes(text: string | undefined): number {
  const minutes = text === undefined ? DEFAULT_MINUTES : Number(text);
  if (minutes > 0 && minutes <= MAX_MINUTES) return minutes;
  throw new Error(`--minutes takes a number above 0, up to ${MAX_MINUTES}, not ${text}.`);
}

function readScenarios(names: readonly string[] | undefined, isQuick: boolean): readonly ScenarioName[] {
  const unknown = names?.find((name) => name !== STEADY && !SCENARIOS.some((scenario) => scenario === name));
  if (unknown !== undefined)
    throw new Error(`--only takes ${[...SCENARIOS, STEADY].join(', ')}, not ${unknown}.`);
  const wanted: readonly string[] = names ?? (isQuick ? QUICK_SCENARIOS : SCENARIOS);
  return SCENARIOS.filter((scenario) => wanted.includes(scenario));
}

/** Reads the command line. @throws Error where it makes no sense; `undefined` where it asks for help. */
export function parseCommandLine(args: string[]): CommandLine | undefined {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean' },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      only: { type: 'string', multiple: true },
      minutes: { type: 'string' },
      json: { type: 'boolean' },
      write: { type: 'boolean', default: false },
      'cpu-profile': { type: 'string' },
    },
  });
  if (values.help) return undefined;
  const { quick: isQuick, write, only } = values;
  if (write && (isQuick || only)) throw new Error('--write is of everything: leave out --quick and --only.');
  const rounds = readRounds(values.rounds, isQuick);
  const profile = values['cpu-profile'];
  return {
    ...(isQuick ? QUICK : WHOLE),
    ...{ isQuick, rounds, fewRounds: Math.ceil(rounds / 4), write },
    nodeOptions: profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
    scenarios: readScenarios(only, isQuick),
    steadyMinutes: only?.includes(STEADY) ? readMinutes(values.minutes) : undefined,
    json: values.json ?? false,
  };
}
