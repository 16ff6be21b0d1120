import type { JsonType } from '../../json-schema';

/** Stands for the value under test in a {@link Test}. A character no emitted text has: all is escaped to ASCII. */
export const VALUE = '\uE000';

/** JavaScript text of a boolean expression about {@link VALUE}. */
export type Test = string;

/** Kinds of values that keywords are about; a keyword lets values of other kinds pass. */
export type Group = 'array' | 'number' | 'object' | 'string';

/** The group of every type that has keywords of its own. */
export const GROUP_OF: Readonly<Record<JsonType, Group | undefined>> = {
  array: 'array',
  boolean: undefined,
  integer: 'number',
  null: undefined,
  number: 'number',
  object: 'object',
  string: 'string',
};

/** What a rule says of a value, apart from the group it is about. Both emitted modules are made from it. */
export type RuleBody =
  /** `test` holds. `at` is where the issue is, below the value itself: `/name`. */
  | { kind: 'assertion'; test: Test; keyword: string; message: string; at?: string }
  /** The own property `name` matches, where there is one; a required one is there. */
  | { kind: 'property'; name: string; required: boolean; shape: Shape }
  /** The values of all properties match whose name passes `where`, or does not pass `unless`. */
  | { kind: 'entries'; where?: Test; unless?: Test; shape: Shape; keyword: string }
  /** The name of every property matches. */
  | { kind: 'names'; shape: Shape }
  /** Every item matches, from the index `from` on. */
  | { kind: 'items'; from: number; shape: Shape }
  /** The item at `index` matches, where there is one. */
  | { kind: 'item'; index: number; shape: Shape }
  /** From `min` to `max` items match. */
  | { kind: 'contains'; min: number; max: number; shape: Shape }
  /** The value itself matches all, any, or exactly one of the shapes. */
  | { kind: 'all' | 'any' | 'one'; shapes: readonly Shape[] }
  | { kind: 'not'; shape: Shape }
  | { kind: 'if'; condition: Shape; then: Shape; else: Shape }
  /** An object that has the property `name` matches. */
  | { kind: 'when'; name: string; shape: Shape };

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
