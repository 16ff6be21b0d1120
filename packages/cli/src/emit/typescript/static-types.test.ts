import { defineContract, defineEvent } from '@wirepact/contract';
import { expect, test } from 'vitest';
import { toContractDocument } from '../contract-document';
import { emitTypes } from '../typescript';
import { compile } from './test-compile';
import { schemas } from './test-schemas';

const emitted = emitTypes(
  toContractDocument(
    defineContract({
      name: 'schemas',
      version: '1.0.0',
      clientToServer: Object.fromEntries(
        Object.entries(schemas).map(([name, payload]) => [name, defineEvent({ description: name, payload })]),
      ),
      serverToClient: {},
    }),
  ),
);

/** Compares what types have inside, level by level, so that `A & B` and an interface of both are the same. */
const EQUAL = `
type Six = [0, 0, 0, 0, 0, 0];
type Two = [0, 0];
type Inside<T, Levels extends unknown[]> = Levels extends [0, ...infer Next]
  ? T extends object ? { [Name in keyof T]: Inside<T[Name], Next> } : T
  : 0;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Mutual<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Equal<A, B, Levels extends unknown[] = Six> = Mutual<A, B> extends true ? Same<Inside<A, Levels>, Inside<B, Levels>> : false;
`;

/** TypeBox's own type of a recursive union is `any` from the third level on. */
const LEVELS: Readonly<Record<string, string>> = { Json: 'Two' };

const toComparison = (name: string) =>
  `export const ${name}: Equal<Emitted.${name}, Static<(typeof schemas)['${name}']>, ${LEVELS[name] ?? 'Six'}> = true;`;

const comparison = (names: readonly string[]) =>
  [
    `import type { Static } from 'typebox';`,
    `import type * as Emitted from './emitted';`,
    `import type { schemas } from './test-schemas';`,
    EQUAL,
    ...names.map(toComparison),
  ].join('\n');

test.each([true, false])(
  'types are those of TypeBox, exactOptionalPropertyTypes %s',
  (exactOptionalPropertyTypes) => {
    const compared = comparison(Object.keys(schemas));
    const options = { exactOptionalPropertyTypes };
    expect(compile({ 'emitted.ts': emitted, 'compared.ts': compared }, options)).toEqual([]);
  },
);

test('the comparison sees optional and readonly properties, at any depth', () => {
  const differences = [
    'Equal<{ a: string }, { a?: string }>',
    'Equal<{ a: string }, { readonly a: string }>',
    'Equal<{ a: { b: string }[] }, { a: { b?: string }[] }>',
    'Equal<{ a: string | null }, { a: string }>',
    'Equal<{ a: unknown }, { a: string }>',
    'Equal<{ a: string; [name: string]: unknown }, { a: string }>',
  ];
  const lines = differences.map((type, index) => `export const d${index}: ${type} = false;`);
  expect(compile({ 'differences.ts': EQUAL + lines.join('\n') })).toEqual([]);
});
