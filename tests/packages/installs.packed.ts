import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { createProject } from './consumer-project';
import { runCommand } from './run-command';

/** Names of all packages that a project has, whoever asked for them; the package manager keeps them in one folder. */
async function listPackages(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'node_modules/.pnpm'));
  const packages = names.flatMap((name) => /^(@?[^@]+)@/.exec(name)?.[1] ?? []);
  return [...new Set(packages.map((name) => name.replace('+', '/')))].toSorted();
}

const SOCKET_IO_CLIENT = [
  '@socket.io/component-emitter',
  'debug',
  'engine.io-client',
  'engine.io-parser',
  'ms',
  'socket.io-client',
  'socket.io-parser',
  'ws',
  'xmlhttprequest-ssl',
];

test.each([
  ['client', ['@wirepact/client', '@wirepact/contract', '@wirepact/protocol', ...SOCKET_IO_CLIENT]],
  ['protocol', ['@wirepact/contract', '@wirepact/protocol']],
  ['contract', ['@wirepact/contract']],
  ['cli', ['@wirepact/cli', '@wirepact/contract', 'jiti']],
] as const)('who installs @wirepact/%s gets these packages, and no others', async (name, packages) => {
  const folder = join(inject('consumer'), '..', `only-${name}`);
  await createProject(folder, inject('tarballs'), [name], {});
  expect(await listPackages(folder)).toEqual(packages.toSorted());
});

const CONTRACT = `import { defineContract, defineEvent } from '@wirepact/contract';

export const board = defineContract({
  name: 'board',
  version: '1.0.0',
  clientToServer: {
    move_card: defineEvent({
      description: 'Move a card.',
      payload: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
    }),
  },
  serverToClient: {},
});

const { payload } = board.clientToServer.move_card;
console.log(JSON.stringify([payload.check({ id: 'a' }), payload.issues({})]));
`;

test('a contract in plain JSON Schema is checked and built where there is no TypeBox', async () => {
  const folder = join(inject('consumer'), '..', 'no-typebox');
  await createProject(folder, inject('tarballs'), ['contract', 'cli'], {});
  await writeFile(join(folder, 'contract.mjs'), CONTRACT);
  const told = await runCommand(process.execPath, ['contract.mjs'], folder);
  expect(JSON.parse(told)).toEqual([true, [{ path: '/id', message: 'is required', keyword: 'required' }]]);
  await runCommand('npx', ['--no', 'wirepact', 'build', 'contract.mjs'], folder);
  expect(await readFile(join(folder, 'dist/types.d.ts'), 'utf8')).toContain('export interface MoveCard {');
  expect(await listPackages(folder)).not.toContain('typebox');
});
