import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { readCodeBlocks } from '../docs/code-blocks';
import { createProject } from './consumer-project';
import { runProgram } from './program';
import { replaceIn } from './readme-blocks';
import { type CommandResult, runCommand, tryCommand } from './run-command';
import { COMPILERS, listFaults } from './type-check';

const [contract = '', server = '', client = ''] = readCodeBlocks('docs/your-own-contract.md');

const USE = `import { board, errors, type MoveCard } from '@acme/board';

const card: MoveCard = { cardId: '123e4567-e89b-12d3-a456-426614174000', column: '' };
const { check, issues } = board.clientToServer.move_card.payload;
console.log(JSON.stringify([check({ ...card, column: 'done' }), await issues(card), errors.INVALID_PAYLOAD.retryable]));
`;

let folder: string;
let started: string;
const wirepact = (...args: string[]): Promise<CommandResult> =>
  tryCommand('npx', ['--no', 'wirepact', ...args], folder);
const build = () => runCommand('npx', ['--no', 'wirepact', 'build', 'src/contract.ts'], folder);

beforeAll(async () => {
  const empty = join(inject('consumer'), '..', 'own');
  await createProject(empty, inject('tarballs'), ['contract', 'cli', 'protocol', 'server', 'client'], {
    '@types/node': '^20.19.0',
    typebox: '^1.4.3',
  });
  started = await runCommand('npx', ['--no', 'wirepact', 'init', '@acme/board'], empty);
  folder = join(empty, 'board');
  await build();
});

describe('a contract of one’s own, in an empty project', () => {
  test('is started as the guide shows it', async () => {
    expect(started).toContain('@acme/board is started in board.');
    expect(await readFile(join(folder, 'src/contract.ts'), 'utf8')).toBe(contract);
  });

  test('is built as a package that Node imports, whose modules need no TypeBox', async () => {
    await writeFile(join(folder, 'use.mjs'), replaceIn(USE, { ', type MoveCard': '', ': MoveCard': '' }));
    expect(JSON.parse(await runCommand(process.execPath, ['use.mjs'], folder))).toEqual([
      true,
      [{ path: '/column', message: 'must not have fewer than 1 character', keyword: 'minLength' }],
      false,
    ]);
    for (const file of [
      'index.js',
      'checks.js',
      'issues.js',
      'errors.js',
      'index.d.ts',
      'types.d.ts',
      'events.d.ts',
    ])
      expect(await readFile(join(folder, 'dist', file), 'utf8')).not.toMatch(/typebox/i);
  });

  test('is spoken by the guide’s server and client', async () => {
    const serving = await runProgram(replaceIn(server, { 'listen(3001)': 'listen(0)' }), 'esm', folder);
    const [, port] = await serving.find(/^serving the board at http:\/\/localhost:(\d+)$/m);
    const asking = replaceIn(client, { 'localhost:3001': `localhost:${port}` });
    const told = await runProgram(asking, 'esm', folder);
    await told.find(/^at position 0$/m);
    await told.find(/^123e4567-e89b-12d3-a456-426614174000 is in done$/m);
    const wrong = await runProgram(replaceIn(asking, { "column: 'done'": "column: ''" }), 'esm', folder);
    await wrong.find(/INVALID_PAYLOAD.*\/column/s);
  });

  test.each(COMPILERS)('is typed in the guide’s server and client, with %s', async (compiler) => {
    const files = { 'use.mts': USE, 'server.mts': server, 'client.mts': client };
    for (const [name, code] of Object.entries(files)) await writeFile(join(folder, name), code);
    expect(
      await listFaults(compiler, 'nodenext', folder, [...Object.keys(files), 'src/contract.ts']),
    ).toEqual([]);
  });

  test('is compared with what was published: what breaks old clients needs a major version', async () => {
    const accepted = await wirepact('diff', 'schema.json', 'dist/schema.json', '--accept');
    expect(accepted).toMatchObject({ exitCode: 0 });
    const path = join(folder, 'src/contract.ts');
    const tightened = replaceIn(contract, { 'maxLength: 40': 'maxLength: 20' });
    await writeFile(path, tightened);
    await build();
    const refused = await wirepact('diff', 'schema.json', 'dist/schema.json');
    expect(refused).toMatchObject({ exitCode: 1, output: expect.stringContaining('maxLength 40 -> 20') });
    await writeFile(path, replaceIn(tightened, { "version: '1.0.0'": "version: '2.0.0'" }));
    await build();
    expect(await wirepact('diff', 'schema.json', 'dist/schema.json')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('npm version 2.0.0 --no-git-tag-version'),
    });
    await runCommand('npm', ['version', '2.0.0', '--no-git-tag-version'], folder);
    expect(await wirepact('diff', 'schema.json', 'dist/schema.json')).toMatchObject({ exitCode: 0 });
  });
});
