import type { Figure } from './figure';
import { type CommandLine, parseCommandLine, type RunOptions, type ScenarioName, USAGE } from './options';
import { describeRun, writeResults } from './results-file';
import { runCommand } from './run-command';
import { measureBundle } from './scenarios/bundle';
import { measureColdStart } from './scenarios/cold-start';
import { measureDialects } from './scenarios/dialects';
import { measureFanOut } from './scenarios/fan-out';
import { measureList } from './scenarios/list';
import { measureMemory } from './scenarios/memory';
import { measureNodes } from './scenarios/nodes';
import { measurePipeline } from './scenarios/pipeline';
import { measureResume } from './scenarios/resume';
import { measureRivals } from './scenarios/rivals';
import { measureSend } from './scenarios/send';
import { measureSteady } from './scenarios/steady';
import { measureStored } from './scenarios/stored';
import { measureStream } from './scenarios/stream';
import { measureTypeCheck } from './scenarios/type-check';
import { measureValidation } from './scenarios/validation';
import { measureView } from './scenarios/view';
import { toTable, toVerdicts } from './table';

const MEASURES: Record<ScenarioName, (options: RunOptions) => Promise<Figure[]>> = {
  send: measureSend,
  pipeline: measurePipeline,
  rivals: measureRivals,
  fanout: measureFanOut,
  stream: measureStream,
  memory: measureMemory,
  stored: measureStored,
  resume: measureResume,
  start: measureColdStart,
  list: measureList,
  view: measureView,
  validation: measureValidation,
  types: measureTypeCheck,
  bundle: measureBundle,
  nodes: measureNodes,
  dialects: measureDialects,
};

const toJson = (figures: readonly Figure[]) =>
  JSON.stringify(
    figures.map(({ samples, ...figure }) => ({ ...figure, samples: Object.fromEntries(samples) })),
    undefined,
    2,
  );

async function run(commandLine: CommandLine): Promise<void> {
  const { steadyMinutes } = commandLine;
  if (steadyMinutes !== undefined) console.log(`\n${await measureSteady(commandLine, steadyMinutes)}`);
  if (commandLine.scenarios.length === 0) return;
  const results = new Map<ScenarioName, Figure[]>();
  for (const name of commandLine.scenarios) results.set(name, await MEASURES[name](commandLine));
  if (commandLine.write) await writeResults(results, commandLine);
  const figures = [...results.values()].flat();
  const text = [describeRun(commandLine), toTable(figures), toVerdicts(figures)].join('\n\n');
  console.log(commandLine.json ? toJson(figures) : `\n${text}`);
}

await runCommand(async (args) => {
  const commandLine = parseCommandLine(args);
  if (commandLine) await run(commandLine);
  else console.log(USAGE);
});
