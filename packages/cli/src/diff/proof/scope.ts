import {
  interpret,
  type JsonSchema,
  type JsonSchemaObject,
  nameIn,
  SchemaPlace,
  ShapeReader,
} from '@wirepact/contract/tools';

/** Where a schema stands: the `$defs` its references point into, and whose view of the wire it is. */
export interface Scope {
  readonly defs: Readonly<Record<string, JsonSchemaObject>>;
  /**
   * True for what a side sends: properties its schema names, and others only where it writes
   * `additionalProperties`. False for what a side accepts, where unknown properties pass.
   */
  readonly sends: boolean;
}

/** The scope of schemas that stand for themselves: they refer to nothing, and nobody sends by them. */
export const NEUTRAL_SCOPE: Scope = { defs: {}, sends: false };

/** A schema together with its scope. Two contracts meet in one proof, so each schema carries its own. */
export interface Scoped<Schema extends JsonSchema = JsonSchema> {
  readonly schema: Schema;
  readonly scope: Scope;
}

/** `schema` in the scope of `parent`. */
export const inScopeOf = <Schema extends JsonSchema>(parent: Scoped, schema: Schema): Scoped<Schema> => ({
  schema,
  scope: parent.scope,
});

/** The schema that the `$ref` of `scoped` points to; `undefined` where it has none or it leads nowhere. */
export function resolveReference({ schema, scope }: Scoped): Scoped<JsonSchemaObject> | undefined {
  if (typeof schema === 'boolean' || schema.$ref === undefined) return undefined;
  const name = nameIn(schema.$ref);
  const target = Object.hasOwn(scope.defs, name) ? scope.defs[name] : undefined;
  return target && { schema: target, scope };
}

const readers = new WeakMap<Scope, ShapeReader>();

function readerOf(scope: Scope): ShapeReader {
  const reader = readers.get(scope) ?? new ShapeReader({ title: 'the contract', $defs: scope.defs });
  readers.set(scope, reader);
  return reader;
}

const HERE = new SchemaPlace('a schema');

/** True where `value` matches the schema, as both ends check it. */
export function checkValue({ schema, scope }: Scoped, value: unknown): boolean {
  const reader = readerOf(scope);
  return interpret(reader.read(schema, HERE), (name) => reader.readType(name)).check(value);
}

const scopeNumbers = new WeakMap<Scope, number>();
let scopeCount = 0;

function scopeNumber(scope: Scope): number {
  const known = scopeNumbers.get(scope);
  if (known !== undefined) return known;
  scopeCount += 1;
  scopeNumbers.set(scope, scopeCount);
  return scopeCount;
}

/** A text that two scoped schemas share where they are the same one. */
export const scopedKey = ({ schema, scope }: Scoped) => `${scopeNumber(scope)}${JSON.stringify(schema)}`;
