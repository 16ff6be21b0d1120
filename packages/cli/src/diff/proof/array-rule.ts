import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract/tools';
import { type Case, composedOf, type Facts, type Proof } from './facts';
import { inScopeOf, type Scoped } from './scope';

const itemSchema = ({ prefixItems, items }: JsonSchemaObject, index: number): JsonSchema =>
  prefixItems?.[index] ?? items ?? true;

const itemOf = (array: Scoped<JsonSchemaObject>, index: number) =>
  inScopeOf(array, itemSchema(array.schema, index));

/** What is known of the item at `index`. */
const itemFacts = ({ literals, possible }: Case, index: number): Facts => ({
  schemas: literals.map((literal) => itemOf(literal, index)),
  possible: possible.flatMap((schema) => composedOf(schema)).map((literal) => itemOf(literal, index)),
});

const prefixLength = (schemas: readonly Scoped<JsonSchemaObject>[]) =>
  Math.max(0, ...schemas.map(({ schema }) => schema.prefixItems?.length ?? 0));

const leastItems = ({ literals }: Case) => Math.max(0, ...literals.map(({ schema }) => schema.minItems ?? 0));

/** Most items there can be: `maxItems`, and no further than an item that nothing matches. */
function mostItems(one: Case, prover: Proof): number {
  const { literals } = one;
  const named = Math.min(...literals.map(({ schema }) => schema.maxItems ?? Number.POSITIVE_INFINITY));
  const positions = Array.from({ length: prefixLength(literals) + 1 }, (_, index) => index);
  const end = positions.find((index) => index < named && prover.isEmpty(itemFacts(one, index)));
  return end ?? named;
}

/** True where no array matches. */
export const isEmptyArray = (one: Case, prover: Proof) => leastItems(one) > mostItems(one, prover);

function provesItems(one: Case, goal: Scoped<JsonSchemaObject>, most: number, prover: Proof): boolean {
  const length = Math.max(prefixLength(one.literals), prefixLength([goal]), prefixLengthOfPossible(one));
  for (let index = 0; index <= length && index < most; index += 1)
    if (!prover.covers(itemFacts(one, index), itemOf(goal, index))) return false;
  return true;
}

const prefixLengthOfPossible = ({ possible }: Case) =>
  prefixLength(possible.flatMap((schema) => composedOf(schema)));

/** True where at least `wanted` items match `item`: all do, or the case itself says so. */
function provesAtLeast(one: Case, item: Scoped, wanted: number, allMatch: boolean, prover: Proof): boolean {
  if (wanted === 0 || (allMatch && leastItems(one) >= wanted)) return true;
  return one.literals.some(
    (literal) =>
      literal.schema.contains !== undefined &&
      (literal.schema.minContains ?? 1) >= wanted &&
      prover.covers({ schemas: [inScopeOf(literal, literal.schema.contains)], possible: [] }, item),
  );
}

function provesAtMost(one: Case, item: Scoped, wanted: number, most: number, prover: Proof): boolean {
  if (most <= wanted) return true;
  return one.literals.some(
    (literal) =>
      literal.schema.contains !== undefined &&
      (literal.schema.maxContains ?? Number.POSITIVE_INFINITY) <= wanted &&
      prover.covers({ schemas: [item], possible: [] }, inScopeOf(literal, literal.schema.contains)),
  );
}

function provesContains(one: Case, goal: Scoped<JsonSchemaObject>, most: number, prover: Proof): boolean {
  const { contains, minContains = 1, maxContains = Number.POSITIVE_INFINITY } = goal.schema;
  if (contains === undefined) return true;
  const item = inScopeOf(goal, contains);
  const everyItem = inScopeOf(goal, { items: contains });
  const allMatch = provesItems(one, everyItem, most, prover);
  return (
    provesAtLeast(one, item, minContains, allMatch, prover) &&
    provesAtMost(one, item, maxContains, most, prover)
  );
}

/** No item stands twice: the case itself says so, or has one item at most. */
const provesUnique = ({ literals }: Case, { schema }: Scoped<JsonSchemaObject>, most: number) =>
  !schema.uniqueItems || most <= 1 || literals.some((literal) => literal.schema.uniqueItems === true);

/** True where all arrays of the case match the keywords of `goal` for arrays. */
export function provesArray(one: Case, goal: Scoped<JsonSchemaObject>, prover: Proof): boolean {
  const most = mostItems(one, prover);
  return (
    leastItems(one) >= (goal.schema.minItems ?? 0) &&
    most <= (goal.schema.maxItems ?? Number.POSITIVE_INFINITY) &&
    provesUnique(one, goal, most) &&
    provesItems(one, goal, most, prover) &&
    provesContains(one, goal, most, prover)
  );
}
