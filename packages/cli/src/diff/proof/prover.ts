import type { JsonSchemaObject } from '@wirepact/contract/tools';
import { isEmptyArray, provesArray } from './array-rule';
import { type Case, type Facts, NOTHING_KNOWN, narrowCase, type Proof, toCases, withoutNot } from './facts';
import { candidateValues, type Kind, kindsOf } from './kinds';
import { isEmptyRange, numberRange, provesNumber } from './number-rule';
import { isEmptyObject, provesObject } from './object-rule';
import { checkValue, inScopeOf, NEUTRAL_SCOPE, resolveReference, type Scoped, scopedKey } from './scope';
import { lengthRange, provesString } from './string-rule';
import { tagCases } from './tag-cases';

/** Steps after which a proof is given up, and how many may stand inside each other. */
const MAX_STEPS = 60_000;
const MAX_NESTING = 400;

const keyOf = (schemas: readonly Scoped[]) =>
  [...new Set(schemas.filter(({ schema }) => schema !== true).map(scopedKey))].sort().join();

const factsKey = ({ schemas, possible }: Facts) => `${keyOf(schemas)}|${keyOf(possible)}`;

/**
 * Proves that every value which matches some schemas matches another one. It answers true only where that is
 * so; where it cannot tell, false.
 *
 * A recursive schema is proved by induction over the size of the value: while a claim is being proved, it may be
 * used for the values inside, which are smaller, and never for the value itself.
 */
export class Prover implements Proof {
  private steps = 0;
  private nesting = 0;
  private readonly assumed = new Set<string>();
  private readonly searched = new Set<string>();

  /**
   * True where every value that matches `facts` matches `goal`. Inside a proof it is asked only of values that are
   * inside the one at hand.
   */
  covers(facts: Facts, goal: Scoped): boolean {
    if (goal.schema === true) return true;
    const key = `${factsKey(facts)}>${scopedKey(goal)}`;
    if (this.assumed.has(key)) return true;
    this.assumed.add(key);
    const proved = toCases(facts).every((one) => this.caseCovers(one, goal));
    this.assumed.delete(key);
    return proved;
  }

  /** True where no value matches `facts`. */
  isEmpty(facts: Facts): boolean {
    const key = factsKey(facts);
    if (this.searched.has(key)) return false;
    this.searched.add(key);
    const empty = toCases(facts).every((one) => this.isEmptyCase(one));
    this.searched.delete(key);
    return empty;
  }

  /** True where every value of the case matches `goal`; the value is the one at hand, not one inside it. */
  caseCovers(one: Case, goal: Scoped): boolean {
    return this.bounded(() => {
      if (typeof goal.schema === 'boolean') return goal.schema || this.isEmptyCase(one);
      const object = inScopeOf(goal, goal.schema);
      return (
        this.valuesOf(one)?.every((value) => checkValue(goal, value)) ??
        (this.everyKind(one, (kind, narrow) => this.kindCovers(kind, narrow, object)) ||
          this.isEmptyCase(one))
      );
    });
  }

  private isEmptyCase(one: Case): boolean {
    return this.bounded(() => {
      const values = this.valuesOf(one);
      if (values) return values.length === 0;
      return (
        one.nots.some((not, index) => this.caseCovers(withoutNot(one, index), not)) ||
        kindsOf(one).every((kind) => this.isEmptyKind(kind, one))
      );
    });
  }

  private isEmptyKind(kind: Kind, one: Case): boolean {
    const schemas = one.literals.map(({ schema }) => schema);
    if (kind === 'number') return isEmptyRange(numberRange(schemas));
    if (kind === 'string') return lengthRange(schemas).least > lengthRange(schemas).most;
    if (kind === 'array') return isEmptyArray(one, this);
    return kind === 'object' && isEmptyObject(one, this);
  }

  /** All values of the case, where they are few. */
  private valuesOf(one: Case): readonly unknown[] | undefined {
    return candidateValues(one)?.filter(
      (value) =>
        one.literals.every((literal) => checkValue(literal, value)) &&
        !one.nots.some((not) => checkValue(not, value)),
    );
  }

  private everyKind(one: Case, holds: (kind: Kind, narrow: Case) => boolean): boolean {
    return kindsOf(one).every((kind) =>
      narrowCase(one, { schema: { type: kind }, scope: NEUTRAL_SCOPE }).every((narrow) =>
        holds(kind, narrow),
      ),
    );
  }

  private kindCovers(kind: Kind, one: Case, goal: Scoped<JsonSchemaObject>): boolean {
    const values = this.valuesOf(one);
    if (values) return values.every((value) => checkValue(goal, value));
    const { schema } = goal;
    if (schema.enum || schema.const !== undefined) return false;
    return (
      kindsOf({ ...NOTHING_KNOWN, literals: [goal] }).includes(kind) &&
      this.partsCover(one, goal) &&
      this.unionsCover(kind, one, goal) &&
      this.keywordsCover(kind, one, goal)
    );
  }

  private keywordsCover(kind: Kind, one: Case, goal: Scoped<JsonSchemaObject>): boolean {
    const schemas = one.literals.map(({ schema }) => schema);
    if (kind === 'number') return provesNumber(schemas, goal.schema);
    if (kind === 'string') return provesString(schemas, goal.schema);
    if (kind === 'array') return provesArray(one, goal, this);
    return kind !== 'object' || provesObject(one, goal, this);
  }

  /** What of the goal has to hold together with the rest: references, `allOf`, `not`, `if`. */
  private partsCover(one: Case, goal: Scoped<JsonSchemaObject>): boolean {
    const { schema } = goal;
    const target = resolveReference(goal);
    const within = (condition: Scoped, consequent: Scoped) =>
      narrowCase(one, condition).every((narrow) => this.caseCovers(narrow, consequent));
    const scoped = (part: JsonSchemaObject['if']) => inScopeOf(goal, part ?? true);
    return (
      (schema.$ref === undefined || (target !== undefined && this.caseCovers(one, target))) &&
      (schema.allOf ?? []).every((part) => this.caseCovers(one, scoped(part))) &&
      (schema.not === undefined || within(scoped(schema.not), scoped(false))) &&
      (schema.if === undefined ||
        (within(scoped(schema.if), scoped(schema.then)) &&
          within(inScopeOf(goal, { not: schema.if }), scoped(schema.else))))
    );
  }

  private unionsCover(kind: Kind, one: Case, goal: Scoped<JsonSchemaObject>): boolean {
    const { anyOf, oneOf } = goal.schema;
    const some = (narrow: Case) =>
      anyOf?.some((branch) => this.caseCovers(narrow, inScopeOf(goal, branch))) ?? true;
    const exactlyOne = (narrow: Case) =>
      oneOf?.some((_, index) => this.onlyBranch(narrow, goal, oneOf, index)) ?? true;
    if (some(one) && exactlyOne(one)) return true;
    return (
      kind === 'object' && (tagCases(one)?.every((narrow) => some(narrow) && exactlyOne(narrow)) ?? false)
    );
  }

  private onlyBranch(
    one: Case,
    goal: Scoped,
    oneOf: NonNullable<JsonSchemaObject['oneOf']>,
    index: number,
  ): boolean {
    return oneOf.every((branch, other) =>
      other === index
        ? this.caseCovers(one, inScopeOf(goal, branch))
        : narrowCase(one, inScopeOf(goal, branch)).every((narrow) => this.isEmptyCase(narrow)),
    );
  }

  private bounded(prove: () => boolean): boolean {
    this.steps += 1;
    if (this.steps > MAX_STEPS || this.nesting > MAX_NESTING) return false;
    this.nesting += 1;
    const proved = prove();
    this.nesting -= 1;
    return proved;
  }
}
