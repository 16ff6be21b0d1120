import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { createProject } from './consumer-project';

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
