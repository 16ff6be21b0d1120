import { expect, test } from 'vitest';
import { listForeignModules } from './declaration-graph';
import { listEntries } from './installed-package';
import { PACKAGES } from './tarballs';

const isTypeBox = (specifier: string) => /^typebox(\/|$)/.test(specifier);
const entries = PACKAGES.flatMap((name) =>
  listEntries(name).flatMap(([specifier, entry]) => (typeof entry === 'string' ? [] : [specifier])),
);
/** Where contracts are written, with TypeBox. */
const FOR_AUTHORS = ['@wirepact/contract', '@wirepact/protocol/definition'];

test('authors’ entries show TypeBox, so it would be found', () => {
  expect(entries.filter((entry) => listForeignModules(entry).some(isTypeBox))).toEqual(FOR_AUTHORS);
});

test.each(entries.filter((entry) => !FOR_AUTHORS.includes(entry)))(
  'the declarations of %s know no TypeBox',
  (entry) => {
    expect(listForeignModules(entry).filter(isTypeBox)).toEqual([]);
  },
);

test.each([
  ['@wirepact/contract/runtime', ['@standard-schema/spec']],
  ['@wirepact/protocol', ['@standard-schema/spec']],
  ['@wirepact/client', ['@standard-schema/spec']],
])('the declarations of %s need %j', (entry, modules) => {
  expect(listForeignModules(entry)).toEqual(modules);
});
