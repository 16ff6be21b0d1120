import { createValidator, type JsonSchemaObject } from '@wirepact/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContractDocument } from '../../contract-document';
import { documentOf } from '../test-documents';
import { valuesOf } from './test-arbitraries';
import { evaluateValidators } from './test-evaluate';
import { everyKeyword } from './test-every-keyword';
import { mutated } from './test-mutations';
import { unionDocument } from './test-unions';

const RUNS = 500;

/** The schema of a type as the source of a contract checks it. */
const fromSource = ({ $defs }: ContractDocument, name: string) =>
  createValidator({ ...$defs[name], $defs: { ...$defs } });

/** A value with properties that are `undefined` put into its objects, some under names that schemas know. */
const withUndefined = (value: unknown, names: readonly string[]): unknown => {
  if (Array.isArray(value)) return value.map((item) => withUndefined(item, names));
  if (typeof value !== 'object' || value === null) return value;
  const missing = names.filter((name) => !Object.hasOwn(value, name)).map((name) => [name, undefined]);
  const entries = Object.entries(value).map(([name, inner]) => [name, withUndefined(inner, names)]);
  return Object.fromEntries([...entries, ...missing]);
};

const documents = { ...everyKeyword, $defs: { ...everyKeyword.$defs, ...unionDocument.$defs } };
const validators = evaluateValidators(documents);

describe.each(Object.keys(documents.$defs))('%s', (name) => {
  const { $defs } = documents;
  const values = mutated(valuesOf({ $ref: `#/$defs/${name}` }, $defs));

  test('[E8] is answered from the source as it is once built, issue for issue', async () => {
    const built = (await validators).get(name);
    const source = fromSource(documents, name);
    fc.assert(
      fc.property(values, (value) => {
        expect(source.issues(value)).toEqual(built?.issues(value));
        expect(source.check(value)).toBe(built?.check(value));
      }),
      { numRuns: RUNS },
    );
  });

  test('[E8] takes a property that is undefined for one that is missing', async () => {
    const built = (await validators).get(name);
    const source = fromSource(documents, name);
    const missing = fc.subarray(['a', 'b', 'c', 'kind', 'value', '', 'zzz', 'toString', 'p3']);
    fc.assert(
      fc.property(values, missing, (value, names) => {
        const spoken = withUndefined(value, names);
        expect(built?.issues(spoken)).toEqual(built?.issues(value));
        expect(built?.check(spoken)).toBe(built?.check(value));
        expect(source.issues(spoken)).toEqual(source.issues(value));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('[E7] a union whose branches a tag tells apart', () => {
  const issuesOf = async (type: string, value: unknown) => {
    const built = (await evaluateValidators(unionDocument)).get(type);
    const list = built?.issues(value);
    expect(fromSource(unionDocument, type).issues(value)).toEqual(list);
    return list?.map(({ path, message }) => `${path} ${message}`);
  };

  test.each<[string, unknown, string[]]>([
    ['is explained by the branch that is meant', { type: 'square', r: 1 }, ['/side is required']],
    ['by that alone, whatever else is wrong', { type: 'circle', r: 'x' }, ['/r must be number']],
    [
      'by its tag, where no branch has it',
      { type: 'cube' },
      ['/type must be one of ["circle","square","box"]'],
    ],
    ['by its tag, where that is missing', { r: 1 }, ['/type is required']],
  ])('%s', async (_what, value, expected) => {
    expect(await issuesOf('Shape', value)).toEqual(expected);
    expect(await issuesOf('OneShape', value)).toEqual(expected);
  });

  test('is explained by all of its branches where the value is no object', async () => {
    expect(await issuesOf('Shape', 7)).toEqual([' must be object', ' must be null']);
  });

  test('may stand in a list, and be made of types and of parts', async () => {
    const value = { shapes: [{ type: 'square' }, { type: 'circle', r: 1 }] };
    expect(await issuesOf('Drawing', value)).toEqual(['/shapes/0/side is required']);
  });

  test.each([
    ['Untagged', { kind: 'c' }],
    ['Overlapping', { kind: 'a' }],
  ])('is explained by all of its branches where it has no such tag: %s', async (type, value) => {
    expect((await issuesOf(type, value))?.length).toBeGreaterThan(1);
  });
});

test('[B8] listing ends with the last issue that is told, however many there are', async () => {
  const item: JsonSchemaObject = { anyOf: [{ type: 'object', required: ['a'] }, { type: 'string' }] };
  const document = documentOf({
    List: { type: 'array', items: item, maxItems: 3 },
    Map: { type: 'object', additionalProperties: item },
  });
  const built = await evaluateValidators(document);
  for (const [type, value] of [
    ['List', Array.from({ length: 10_000 }, () => ({}))],
    ['Map', Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`x${index}`, {}]))],
  ] as const)
    for (const { issues } of [fromSource(document, type), built.get(type) ?? fromSource(document, type)]) {
      let reads = 0;
      const watched = new Proxy(Object(value), {
        get(target, name) {
          if (/^x?\d+$/.test(String(name))) reads += 1;
          return Reflect.get(target, name);
        },
      });
      expect(issues(watched)).toHaveLength(8);
      // Names are looked for once where objects are walked.
      expect(reads).toBeLessThan(type === 'Map' ? 20_100 : 100);
    }
});

test('a schema that is in itself is followed as deep as the value is', () => {
  const document = documentOf({ Tree: { type: 'array', items: { $ref: '#/$defs/Tree' } } });
  const { check, issues } = fromSource(document, 'Tree');
  expect(check([[], [[]]])).toBe(true);
  expect(issues([[], [['x']]])).toEqual([{ path: '/1/0/0', message: 'must be array', keyword: 'type' }]);
});
