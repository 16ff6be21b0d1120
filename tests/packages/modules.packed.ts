import { expect, test } from 'vitest';
import { listEntries } from './installed-package';
import { listForeignModules } from './module-graph';
import { PACKAGES } from './tarballs';

const isTypeBox = (specifier: string) => /^typebox(\/|$)/.test(specifier);
const entries = PACKAGES.flatMap((name) =>
  listEntries(name).flatMap(([specifier, entry]) => (typeof entry === 'string' ? [] : [specifier])),
);
/** Where contracts are written, with TypeBox. */
const FOR_AUTHORS = ['@wirepact/contract', '@wirepact/protocol/definition'];

test('only the declarations of authors’ entries know TypeBox', () => {
  expect(entries.length).toBeGreaterThan(FOR_AUTHORS.length);
  expect(entries.filter((entry) => listForeignModules(entry, 'types').some(isTypeBox))).toEqual(FOR_AUTHORS);
});

test.each([
  ['@wirepact/contract/runtime', []],
  ['@wirepact/contract', ['typebox']],
  ['@wirepact/protocol', []],
  ['@wirepact/client', []],
  ['@wirepact/client/react', ['react']],
])('the declarations of %s need %j', (entry, modules) => {
  expect(listForeignModules(entry, 'types')).toEqual(modules);
});

test.each([
  ['@wirepact/contract/runtime', []],
  ['@wirepact/contract/tools', []],
  ['@wirepact/contract', []],
  ['@wirepact/protocol', []],
  ['@wirepact/client', ['socket.io-client']],
  ['@wirepact/client/indexeddb', []],
  ['@wirepact/client/react', ['react', 'socket.io-client']],
])('the modules of %s need %j', (entry, modules) => {
  expect(listForeignModules(entry, 'default')).toEqual(modules);
});

test('what loads TypeScript is for the command line only', () => {
  const loading = entries.filter((entry) => listForeignModules(entry, 'default').includes('jiti'));
  expect(loading).toEqual([]);
});
