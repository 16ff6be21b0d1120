import type { JsonType } from '../json-schema';

/** Kinds of values that keywords are about; a keyword lets values of other kinds pass. */
export type Group = 'array' | 'number' | 'object' | 'string';

/** The group of every type that has keywords of its own. */
const GROUP_OF: Readonly<Record<JsonType, Group | undefined>> = {
  array: 'array',
  boolean: undefined,
  integer: 'number',
  null: undefined,
  number: 'number',
  object: 'object',
  string: 'string',
};

/** Keywords that compare a value with a number. */
export type LimitKeyword =
  | 'minLength'
  | 'maxLength'
  | 'minItems'
  | 'maxItems'
  | 'minProperties'
  | 'maxProperties'
  | 'minimum'
  | 'maximum'
  | 'exclusiveMinimum'
  | 'exclusiveMaximum'
  | 'multipleOf';

/** A demand on a value that has no schema inside. What it tests is written once as code and once as text. */
export type Assertion =
  | { readonly is: LimitKeyword; readonly limit: number }
  | { readonly is: 'uniqueItems' }
  | { readonly is: 'pattern'; readonly pattern: string }
  | { readonly is: 'format'; readonly format: string }
  /** The value equals one of these, member by member. */
  | { readonly is: 'choice'; readonly values: readonly unknown[] }
  /** Where the property `name` is there, so is `other`. */
  | { readonly is: 'dependency'; readonly name: string; readonly other: string };

/** Which property names a rule is about: those that match a pattern, or all but some. */
export type NameFilter =
  | { readonly matching: string }
  | { readonly except: { readonly names: readonly string[]; readonly patterns: readonly string[] } };

/** The property that tells the branches of a union apart. */
export interface Tag {
  readonly name: string;
  /** For each branch, the values that are its own; none for a branch that no object matches. */
  readonly values: readonly (readonly unknown[])[];
}

/** Code that a value must satisfy: a refinement, which no JSON holds. */
export interface Refinement {
  readonly holds: (value: unknown) => boolean;
  readonly message: (value: unknown) => string;
}

/** What a rule says of a value, apart from the group it is about. */
export type RuleBody =
  /** `at` is where the issue is, below the value itself: `/name`. */
  | { kind: 'assertion'; assertion: Assertion; keyword: string; message: string; at?: string }
  /** The own property `name` matches, where there is one; a required one is there. */
  | { kind: 'property'; name: string; required: boolean; shape: Shape }
  /** The values of all properties match whose names are meant. */
  | { kind: 'entries'; names: NameFilter; shape: Shape; keyword: string }
  /** The name of every property matches. */
  | { kind: 'names'; shape: Shape }
  /** Every item matches, from the index `from` on. */
  | { kind: 'items'; from: number; shape: Shape }
  /** The item at `index` matches, where there is one. */
  | { kind: 'item'; index: number; shape: Shape }
  /** From `min` to `max` items match. */
  | { kind: 'contains'; min: number; max: number; shape: Shape }
  /** The value itself matches all of the shapes. */
  | { kind: 'all'; shapes: readonly Shape[] }
  /** The value itself matches any, or exactly one, of the shapes. */
  | { kind: 'any' | 'one'; shapes: readonly Shape[]; tag?: Tag }
  | { kind: 'not'; shape: Shape }
  | { kind: 'if'; condition: Shape; then: Shape; else: Shape }
  /** An object that has the property `name` matches. */
  | { kind: 'when'; name: string; shape: Shape }
  /** Code lets the value pass that has passed all else. `id` tells one piece of code from another. */
  | { kind: 'code'; id: number; refinement: Refinement };

/** One demand on a value. Without `on` it is about values of every kind. */
export type Rule = RuleBody & { on?: Group };

/** A schema, read: the types a value may have and the rules it must obey. Equal schemas are one shape. */
export class Shape {
  constructor(
    readonly id: number,
    /** `undefined` for any type at all. */
    readonly types: readonly JsonType[] | undefined,
    readonly rules: readonly Rule[],
    /** Name of the type this stands for, where a schema refers to one it is inside of. */
    readonly refersTo?: string,
  ) {}

  /** True where every value matches. */
  get isAnything(): boolean {
    return this.types === undefined && this.rules.length === 0 && this.refersTo === undefined;
  }

  /** True where no value matches. */
  get isNothing(): boolean {
    return this.types?.length === 0;
  }

  /** A shape inside the text that tells whether two rules are the same: its number will do. */
  toJSON(): number {
    return this.id;
  }
}

/** What knowing the types of a value tells of a rule about `group`: whether it applies. */
export function applies(
  group: Group | undefined,
  types: readonly JsonType[] | undefined,
): 'always' | 'never' | 'perhaps' {
  if (group === undefined) return 'always';
  if (types === undefined) return 'perhaps';
  const count = types.filter((type) => GROUP_OF[type] === group).length;
  if (count === 0) return 'never';
  return count === types.length ? 'always' : 'perhaps';
}

/**
 * The rules of a shape in the order in which issues are listed: those of one group together, and in it those about
 * single properties. `undefined` is the group of rules that need no test of the value's type.
 */
export function groupRules({
  types,
  rules,
}: Pick<Shape, 'types' | 'rules'>): ReadonlyMap<Group | undefined, readonly Rule[]> {
  const groups = new Map<Group | undefined, Rule[]>();
  for (const rule of rules) {
    const group = applies(rule.on, types) === 'always' ? undefined : rule.on;
    const members = groups.get(group) ?? [];
    const lastProperty = members.findLastIndex(({ kind }) => kind === 'property');
    if (rule.kind === 'property' && lastProperty !== -1) members.splice(lastProperty + 1, 0, rule);
    else members.push(rule);
    groups.set(group, members);
  }
  return groups;
}
