import { readdirSync, readFileSync } from 'node:fs';
import { buildContract } from '@wirepact/cli';
import { expect, test } from 'vitest';
import * as built from './index';
import { protocol as definition } from './protocol';
import { PROTOCOL_VERSION } from './version';

const GENERATED = new URL('./generated/', import.meta.url);
const files = buildContract(definition, 'protocol');

test.each([...files])('generated/%s is what the contract gives', (name, text) => {
  const stands = readFileSync(new URL(name, GENERATED), 'utf8');
  expect(stands === text, `${name} has drifted: run \`pnpm --filter @wirepact/protocol run generate\``).toBe(
    true,
  );
});

test('nothing else is in generated/', () => {
  expect(readdirSync(GENERATED).toSorted()).toEqual([...files.keys()].toSorted());
});

test('what is published has the events, limits and deprecations of what was declared', () => {
  const { protocol } = built;
  expect(protocol.name).toBe(definition.name);
  expect(protocol.version).toBe(PROTOCOL_VERSION);
  for (const direction of ['clientToServer', 'serverToClient'] as const) {
    expect(Object.keys(protocol[direction])).toEqual(Object.keys(definition[direction]));
    for (const [name, event] of Object.entries(protocol[direction])) {
      const declared = Object.entries(definition[direction]).find(([other]) => other === name)?.[1];
      expect(event.limits, name).toEqual(declared?.limits);
      expect(event.deprecated, name).toEqual(declared?.deprecated);
      expect(event.deprecatedFields, name).toEqual(declared?.deprecatedFields);
      expect(event.payload === undefined, name).toBe(declared?.payload === undefined);
      expect(event.reply === undefined, name).toBe(declared?.reply === undefined);
    }
  }
  expect(built.errors).toEqual(definition.errors);
});
