import { isDeepStrictEqual } from 'node:util';
import type { JsonSchemaObject } from '@wirepact/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentOf } from '../test-documents';
import { compareWithTypeBox } from './test-agreement';
import { valuesOf } from './test-arbitraries';
import { evaluateValidators } from './test-evaluate';
import { everyKeyword } from './test-every-keyword';
import { mutated } from './test-mutations';

const RUNS = 1_500;

test.each(Object.keys(everyKeyword.$defs))('%s is answered as TypeBox does', async (name) => {
  const matching = await compareWithTypeBox(everyKeyword, name, RUNS);
  // Both answers have to come up, or the values would show nothing.
  if (name !== 'Nothing') expect(matching).toBeGreaterThan(RUNS / 50);
  if (name !== 'Anything') expect(matching).toBeLessThan(RUNS);
});

/** As JSON has it, where 0 has no sign. */
const toJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const hasDuplicates = (items: readonly unknown[]) =>
  items.some((item, index) => items.slice(index + 1).some((other) => isDeepStrictEqual(item, other)));

test('items are unique where no two are equal', async () => {
  const item: JsonSchemaObject = {
    anyOf: [{ type: 'object', properties: { a: { enum: [1, '1'] }, b: {} } }, {}],
  };
  const Unique: JsonSchemaObject = { type: 'array', items: item, uniqueItems: true };
  const validator = (await evaluateValidators(documentOf({ Unique }))).get('Unique');
  const shuffled = fc.constantFrom<unknown[]>(
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [{ a: [1, 2] }, { a: [2, 1] }],
  );
  const lists = fc.oneof({ weight: 9, arbitrary: mutated(valuesOf(Unique, {})) }, shuffled);
  fc.assert(
    fc.property(lists, (value) => {
      const expected = Array.isArray(value) && !hasDuplicates(value.map(toJson));
      expect(validator?.check(value)).toBe(expected);
      expect(validator?.issues(value).length === 0).toBe(expected);
    }),
    { numRuns: 2 * RUNS },
  );
});
