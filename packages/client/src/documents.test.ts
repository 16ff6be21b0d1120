import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { CLIENT_ERRORS } from './index';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const GUIDE = join(FOLDER, '../../../docs/clients.md');
const ANY_CONTRACT = join(FOLDER, '../../../docs/calling-a-contract.md');
const README = join(FOLDER, '../README.md');

const samplesOf = (path: string) =>
  [...readFileSync(path, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);

/** As much of React as the samples use. */
const REACT = `declare module 'react' {
  export function useSyncExternalStore<Value>(
    subscribe: (listener: () => void) => () => void,
    get: () => Value,
    getOnServer?: () => Value,
  ): Value;
}`;

const [board = '', ...callers] = samplesOf(ANY_CONTRACT);
const samples = [...[GUIDE, README].flatMap((path) => samplesOf(path)), ...callers];
/** The contract that samples speak. */
const contract = join(FOLDER, 'sample-board.ts');
const files = new Map(samples.map((code, index) => [join(FOLDER, `sample-${index}.ts`), code]));
const react = join(FOLDER, 'sample-react.d.ts');

/** What the compiler finds in the samples, strictly. */
function compile(): string[] {
  const { config } = ts.readConfigFile(join(FOLDER, '../tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(FOLDER, '..'));
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  const sources = new Map(files).set(react, REACT).set(contract, board);
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  const program = ts.createProgram(
    [...sources.keys()],
    { ...options, paths: { '@acme/board': [contract] }, noEmit: true },
    host,
  );
  return [...files.keys()].flatMap((path) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => `${files.get(path)}\n${ts.flattenDiagnosticMessageText(messageText, '\n')}`),
  );
}

test('[H13] every sample compiles by itself, strictly', () => {
  expect(samples.length).toBeGreaterThan(8);
  expect(compile()).toEqual([]);
});

test('[H13] the guide lists every code of the client, with whether to try again', () => {
  const rows = [...readFileSync(GUIDE, 'utf8').matchAll(/^\| `([A-Z_]+)` \|.*\| (yes|no|–)[^|]*\|$/gm)];
  const listed = new Map(rows.map(([, code = '', retry]) => [code, retry]));
  for (const [code, { retryable }] of Object.entries(CLIENT_ERRORS))
    expect([code, listed.get(code)]).toEqual([
      code,
      code === 'STORAGE_FAILED' ? '–' : retryable ? 'yes' : 'no',
    ]);
});

test('[H13] the README, which is published by itself, links to nothing beside it', () => {
  const links = [...readFileSync(README, 'utf8').matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
  expect(links.filter((target) => !target?.startsWith('https://'))).toEqual([]);
});
