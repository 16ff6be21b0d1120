import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract/tools';
import { inScopeOf, resolveReference, type Scoped, scopedKey } from './scope';

/** What is known of a value. */
export interface Facts {
  /** Schemas that it matches. */
  readonly schemas: readonly Scoped[];
  /** Schemas that it may match besides, whose properties it may then have, too. */
  readonly possible: readonly Scoped[];
}

/** One way for a value to match {@link Facts}: nothing in it is a choice any more. */
export interface Case {
  /** Schemas that hold, each read without `$ref`, `allOf`, `anyOf`, `oneOf`, `not` and `if`. */
  readonly literals: readonly Scoped<JsonSchemaObject>[];
  /** Schemas that do not hold. */
  readonly nots: readonly Scoped[];
  /** As in {@link Facts}. */
  readonly possible: readonly Scoped[];
  /** `dependentSchemas` that hold because their property has to be there, so that each is taken in once. */
  readonly applied: ReadonlySet<string>;
}

/** Ways to match that are told apart; where there were more, a choice is left open, which proves less. */
const MAX_CASES = 48;

/** The case of every value. */
export const NOTHING_KNOWN: Case = { literals: [], nots: [], possible: [], applied: new Set() };

/** `items` without repetitions. */
function unique<Item extends Scoped>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [scopedKey(item), item])).values()];
}

const withNots = (one: Case, nots: readonly Scoped[]): Case => ({
  ...one,
  nots: unique([...one.nots, ...nots]),
});

const withPossible = (one: Case, possible: readonly Scoped[]): Case => ({
  ...one,
  possible: unique([...one.possible, ...possible]),
});

/** Builds cases; it remembers which references it is inside of, so that one to itself ends. */
class CaseSplit {
  private readonly trail = new Set<string>();

  addAll(cases: readonly Case[], schemas: readonly Scoped[]): readonly Case[] {
    return schemas.reduce((known, schema) => known.flatMap((one) => this.add(one, schema)), cases);
  }

  add(one: Case, added: Scoped): readonly Case[] {
    const { schema } = added;
    if (schema === true) return [one];
    if (schema === false) return [];
    const key = scopedKey(added);
    if (this.trail.has(key)) return [one];
    this.trail.add(key);
    const literals = unique([...one.literals, inScopeOf(added, schema)]);
    const cases = this.addParts({ ...one, literals }, added, schema);
    this.trail.delete(key);
    return cases;
  }

  private addParts(one: Case, parent: Scoped, schema: JsonSchemaObject): readonly Case[] {
    const target = resolveReference(parent);
    const dependents = Object.values(schema.dependentSchemas ?? {}).map((part) => inScopeOf(parent, part));
    const base = withPossible(
      withNots(one, schema.not === undefined ? [] : [inScopeOf(parent, schema.not)]),
      dependents,
    );
    const all = [...(target ? [target] : []), ...(schema.allOf ?? []).map((part) => inScopeOf(parent, part))];
    const conjoined = this.addAll([base], all);
    const withUnion = this.addUnion(conjoined, parent, schema.anyOf);
    const withChoice = this.addChoice(withUnion, parent, schema.oneOf);
    return this.addCondition(withChoice, parent, schema);
  }

  /** `anyOf`: one branch holds, others may. */
  private addUnion(cases: readonly Case[], parent: Scoped, anyOf: JsonSchemaObject['anyOf']) {
    const branches = (anyOf ?? []).map((branch) => inScopeOf(parent, branch));
    if (branches.length === 0) return cases;
    if (cases.length * branches.length > MAX_CASES) return cases.map((one) => withPossible(one, branches));
    return branches.flatMap((branch, index) =>
      cases.flatMap((one) => this.add(withPossible(one, branches.toSpliced(index, 1)), branch)),
    );
  }

  /** `oneOf`: one branch holds, the others do not. */
  private addChoice(cases: readonly Case[], parent: Scoped, oneOf: JsonSchemaObject['oneOf']) {
    const branches = (oneOf ?? []).map((branch) => inScopeOf(parent, branch));
    if (branches.length === 0) return cases;
    if (cases.length * branches.length > MAX_CASES) return cases.map((one) => withPossible(one, branches));
    return branches.flatMap((branch, index) =>
      cases.flatMap((one) => this.add(withNots(one, branches.toSpliced(index, 1)), branch)),
    );
  }

  private addCondition(cases: readonly Case[], parent: Scoped, schema: JsonSchemaObject): readonly Case[] {
    if (schema.if === undefined) return cases;
    const scoped = (part: JsonSchema | undefined) => inScopeOf(parent, part ?? true);
    const [condition, consequent, alternative] = [schema.if, schema.then, schema.else].map(scoped);
    if (!condition || !consequent || !alternative) return cases;
    if (cases.length * 2 > MAX_CASES)
      return cases.map((one) => withPossible(one, [condition, consequent, alternative]));
    return cases.flatMap((one) => [
      ...this.addAll([one], [condition, consequent]),
      ...this.addAll([withNots(one, [condition])], [alternative]),
    ]);
  }
}

/** `one` with what follows from properties that must be there: their `dependentSchemas`. */
function withDependents(one: Case): readonly Case[] {
  const required = new Set(one.literals.flatMap(({ schema }) => schema.required ?? []));
  const due = one.literals.flatMap((literal) =>
    Object.entries(literal.schema.dependentSchemas ?? {})
      .filter(([name]) => required.has(name))
      .map(([, schema]) => inScopeOf(literal, schema)),
  );
  const fresh = due.filter((schema) => !one.applied.has(scopedKey(schema)));
  if (fresh.length === 0) return [one];
  const applied = new Set([...one.applied, ...fresh.map(scopedKey)]);
  return new CaseSplit().addAll([{ ...one, applied }], fresh).flatMap(withDependents);
}

/** The cases of `one` where `added` holds as well. */
export const narrowCase = (one: Case, added: Scoped): readonly Case[] =>
  new CaseSplit().add(one, added).flatMap(withDependents);

/** Every way for a value to match `facts`; none where no value can. */
export const toCases = ({ schemas, possible }: Facts): readonly Case[] =>
  new CaseSplit().addAll([withPossible(NOTHING_KNOWN, possible)], schemas).flatMap(withDependents);

/** `one` without the `index`th of what does not hold. */
export const withoutNot = (one: Case, index: number): Case => ({
  ...one,
  nots: one.nots.toSpliced(index, 1),
});

/** Every schema that may hold for the same value where `scoped` does: itself, and what it is composed of. */
export function composedOf(scoped: Scoped, seen = new Set<string>()): readonly Scoped<JsonSchemaObject>[] {
  const { schema } = scoped;
  if (typeof schema === 'boolean' || seen.has(scopedKey(scoped))) return [];
  seen.add(scopedKey(scoped));
  const target = resolveReference(scoped);
  const parts = [
    ...[schema.allOf, schema.anyOf, schema.oneOf].flatMap((branches) => branches ?? []),
    ...[schema.if, schema.then, schema.else].filter((part) => part !== undefined),
    ...Object.values(schema.dependentSchemas ?? {}),
  ].map((part) => inScopeOf(scoped, part));
  const below = [...(target ? [target] : []), ...parts].flatMap((part) => composedOf(part, seen));
  return [inScopeOf(scoped, schema), ...below];
}

/** What the rules for one kind of value ask of the proof they are part of; the prover says what each means. */
export interface Proof {
  covers(facts: Facts, goal: Scoped): boolean;
  isEmpty(facts: Facts): boolean;
  caseCovers(one: Case, goal: Scoped): boolean;
}
