import type { JsonSchemaObject } from '@wirepact/contract/tools';
import { type Case, narrowCase, type Proof } from './facts';
import { ObjectKeys, propertySchemas } from './object-keys';
import { checkValue, inScopeOf, NEUTRAL_SCOPE, type Scoped } from './scope';

type ScopedObject = Scoped<JsonSchemaObject>;

/** `names`, and all properties that have to come with them. */
function withDependents(names: Iterable<string>, { literals }: Case): ReadonlySet<string> {
  const all = new Set(names);
  // A set goes on with what is added to it on the way.
  for (const name of all)
    for (const { schema } of literals) {
      const { dependentRequired = {} } = schema;
      if (Object.hasOwn(dependentRequired, name))
        for (const other of dependentRequired[name] ?? []) all.add(other);
    }
  return all;
}

const requiredNames = (one: Case) =>
  withDependents(
    one.literals.flatMap(({ schema }) => schema.required ?? []),
    one,
  );

/** One proof about the objects of one case. */
class ObjectProof {
  private readonly keys: ObjectKeys;
  readonly required: ReadonlySet<string>;

  constructor(
    private readonly one: Case,
    private readonly prover: Proof,
  ) {
    this.keys = new ObjectKeys(one);
    this.required = requiredNames(one);
  }

  /** True where the property `name` cannot be there. */
  isAbsent(name: string): boolean {
    const facts = this.keys.facts(name);
    return !facts || this.refusesName(name) || this.prover.isEmpty(facts);
  }

  private refusesName(name: string): boolean {
    return this.one.literals.some(
      (literal) =>
        literal.schema.propertyNames !== undefined &&
        !checkValue(inScopeOf(literal, literal.schema.propertyNames), name),
    );
  }

  /** True where there can be no properties but those that schemas name. */
  isClosed(): boolean {
    const facts = this.keys.unnamedFacts({ unmatched: [] });
    return !facts || this.prover.isEmpty(facts);
  }

  private possibleNames(): readonly string[] {
    return [...this.keys.names()].filter((name) => !this.isAbsent(name));
  }

  leastProperties(): number {
    return Math.max(this.required.size, ...this.one.literals.map(({ schema }) => schema.minProperties ?? 0));
  }

  mostProperties(): number {
    const most = this.one.literals.map(({ schema }) => schema.maxProperties ?? Number.POSITIVE_INFINITY);
    return Math.min(...most, this.isClosed() ? this.possibleNames().length : Number.POSITIVE_INFINITY);
  }

  provesRequired({ required = [], dependentRequired = {} }: JsonSchemaObject): boolean {
    return (
      required.every((name) => this.required.has(name)) &&
      Object.entries(dependentRequired).every(([name, others]) => this.provesDependents(name, others))
    );
  }

  private provesDependents(name: string, others: readonly string[]): boolean {
    const present = withDependents([...this.required, name], this.one);
    return others.every((other) => present.has(other)) || this.isAbsent(name);
  }

  provesCounts(goal: JsonSchemaObject): boolean {
    return (
      (goal.minProperties === undefined || this.leastProperties() >= goal.minProperties) &&
      (goal.maxProperties === undefined || this.mostProperties() <= goal.maxProperties)
    );
  }

  provesNamed(goal: ScopedObject): boolean {
    const names = new Set([...this.keys.names(), ...Object.keys(goal.schema.properties ?? {})]);
    return [...names].every((name) => this.provesProperty(goal, name));
  }

  private provesProperty(goal: ScopedObject, name: string): boolean {
    const wanted = propertySchemas(goal.schema, name).filter((schema) => schema !== true);
    if (wanted.length === 0) return true;
    const facts = this.keys.facts(name);
    return (
      !facts ||
      this.refusesName(name) ||
      wanted.every((schema) => this.prover.covers(facts, inScopeOf(goal, schema)))
    );
  }

  provesUnnamed(goal: ScopedObject): boolean {
    const { patternProperties = {}, additionalProperties = true } = goal.schema;
    const patterns = Object.entries(patternProperties);
    const rest = this.keys.unnamedFacts({ unmatched: patterns.map(([pattern]) => pattern) });
    return (
      (!rest ||
        additionalProperties === true ||
        this.prover.covers(rest, inScopeOf(goal, additionalProperties))) &&
      patterns.every(([pattern, schema]) => {
        const facts = this.keys.unnamedFacts({ pattern, unmatched: [] });
        return !facts || this.prover.covers(facts, inScopeOf(goal, schema));
      })
    );
  }

  provesNames(goal: ScopedObject): boolean {
    if (goal.schema.propertyNames === undefined) return true;
    const wanted = inScopeOf(goal, goal.schema.propertyNames);
    const known = this.one.literals.flatMap((literal) =>
      literal.schema.propertyNames === undefined ? [] : [inScopeOf(literal, literal.schema.propertyNames)],
    );
    const text: Scoped = { schema: { type: 'string' }, scope: NEUTRAL_SCOPE };
    return (
      this.prover.covers({ schemas: [...known, text], possible: [] }, wanted) ||
      (this.isClosed() && this.possibleNames().every((name) => checkValue(wanted, name)))
    );
  }

  provesDependentSchemas(goal: ScopedObject): boolean {
    return Object.entries(goal.schema.dependentSchemas ?? {}).every(([name, schema]) =>
      narrowCase(this.one, { schema: { required: [name] }, scope: NEUTRAL_SCOPE }).every(
        (one) => this.isAbsent(name) || this.prover.caseCovers(one, inScopeOf(goal, schema)),
      ),
    );
  }
}

/** True where no object matches. */
export function isEmptyObject(one: Case, prover: Proof): boolean {
  const proof = new ObjectProof(one, prover);
  return (
    [...proof.required].some((name) => proof.isAbsent(name)) ||
    proof.leastProperties() > proof.mostProperties()
  );
}

/** True where all objects of the case match the keywords of `goal` for objects. */
export function provesObject(one: Case, goal: ScopedObject, prover: Proof): boolean {
  const proof = new ObjectProof(one, prover);
  return (
    proof.provesRequired(goal.schema) &&
    proof.provesCounts(goal.schema) &&
    proof.provesNamed(goal) &&
    proof.provesUnnamed(goal) &&
    proof.provesNames(goal) &&
    proof.provesDependentSchemas(goal)
  );
}
