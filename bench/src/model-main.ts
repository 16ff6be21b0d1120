import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Costs } from './model/costs';
import { measureCosts } from './model/measure-costs';
import { toModelPlots } from './model/plots';
import { describeModel } from './model/report';
import { runCommand } from './run-command';

const COSTS = fileURLToPath(new URL('../costs.json', import.meta.url));
const TEXT = fileURLToPath(new URL('../MODEL.md', import.meta.url));
const IMAGES = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const USAGE = `Usage: bench:model [options]

  --measure   measure what the model counts with anew, in four minutes, and replace costs.json
  --write     replace MODEL.md, what it prints, and the plots in docs/images
`;

async function measure(): Promise<Costs> {
  const costs = await measureCosts([]);
  await writeFile(COSTS, `${JSON.stringify(costs, undefined, 2)}\n`);
  return costs;
}

const readCosts = async (): Promise<Costs> => JSON.parse(await readFile(COSTS, 'utf8'));

async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { help: { type: 'boolean' }, measure: { type: 'boolean' }, write: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const costs = values.measure ? await measure() : await readCosts();
  const text = describeModel(costs);
  console.log(text);
  if (!values.write) return;
  await writeFile(TEXT, `# What the model says\n\n${text}\n`);
  for (const [name, plot] of toModelPlots(costs)) await writeFile(`${IMAGES}${name}`, plot);
}

await runCommand(run);
