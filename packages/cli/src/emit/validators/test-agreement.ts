import type { Issue } from '@wirepact/contract';
import fc from 'fast-check';
import { Build } from 'typebox/schema';
import type { ContractDocument } from '../../contract-document';
import { valuesOf } from './test-arbitraries';
import { type EvaluatedValidator, evaluateValidators } from './test-evaluate';
import { mutated } from './test-mutations';

const tokensOf = (path: string) =>
  path
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));

/** True where a path leads to something in the value, or to a property that an object there does not have. */
function leadsSomewhere(value: unknown, { path, keyword }: Issue): boolean {
  const mayBeMissing = keyword === 'required' || keyword === 'dependentRequired';
  let current: unknown = value;
  for (const [index, token] of tokensOf(path).entries()) {
    if (typeof current !== 'object' || current === null) return false;
    const isLast = index === tokensOf(path).length - 1;
    if (!Object.hasOwn(current, token)) return isLast && mayBeMissing && !Array.isArray(current);
    current = Object.getOwnPropertyDescriptor(current, token)?.value;
  }
  return true;
}

/** What is wrong with the answers for one value; `undefined` where nothing is. */
function findFault(
  { check, issues }: EvaluatedValidator,
  expected: boolean,
  value: unknown,
): string | undefined {
  if (check(value) !== expected) return `the check says ${check(value)}`;
  const list = issues(value);
  if ((list.length === 0) !== expected) return `issues: ${JSON.stringify(list)}`;
  const lost = list.find((issue) => !leadsSomewhere(value, issue));
  const distinct = new Set(list.map(({ path, message }) => `${path} ${message}`)).size;
  return lost
    ? `no such place: ${lost.path}`
    : distinct === list.length && list.length <= 8
      ? undefined
      : 'repeats';
}

/**
 * Compares the emitted validators of a type with TypeBox's on values that match, and on ones that nearly do.
 * Resolves with how many matched. The runs are as many every time; a failure names the seed to repeat it with.
 */
export async function compareWithTypeBox(
  document: ContractDocument,
  type: string,
  numRuns: number,
): Promise<number> {
  const { $defs } = document;
  const validator = (await evaluateValidators(document)).get(type);
  if (!validator) throw new Error(`There is no type ${type}.`);
  const oracle = Build({ $defs, $ref: `#/$defs/${type}` }).Evaluate();
  let matching = 0;
  const values = valuesOf({ $ref: `#/$defs/${type}` }, $defs);
  fc.assert(
    fc.property(mutated(values), (value) => {
      const expected = oracle.Check(value);
      if (expected) matching += 1;
      const fault = findFault(validator, expected, value);
      if (fault) throw new Error(`${type}: TypeBox says ${expected}, ${fault}`);
    }),
    { numRuns },
  );
  return matching;
}
