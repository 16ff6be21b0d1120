import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Static, TSchema } from 'typebox';
import { WirepactError } from './error';
import { fromStandardSchema } from './from-standard-schema';
import { fromTypeBox } from './from-typebox';
import { isObject } from './is-object';
import { isKeyword } from './keywords';
import type { PayloadSchema } from './payload-schema';
import { isOldTypeBox } from './to-json-schema';

/** A schema of TypeBox 1: what `Type.Object(…)` and its like give. `Type.Unsafe<T>(json)` makes one of JSON Schema. */
export type TypeBoxSchema = TSchema & ({ readonly '~kind': string } | { readonly '~unsafe': unknown });

/** What a payload may be declared with: a TypeBox schema, or any Standard Schema (zod, valibot, arktype …). */
export type SchemaLike = TypeBoxSchema | StandardSchemaV1;

/** The type of what is sent under a schema: for a Standard Schema its input, as the wire carries what was sent. */
export type ValueOf<Schema extends SchemaLike> =
  Schema extends StandardSchemaV1<infer Input, unknown> ? Input : Static<Schema>;

const isStandardSchema = (schema: object): schema is StandardSchemaV1 => '~standard' in schema;

/** True for what TypeBox has made, whatever its version, and for JSON Schema as it is. */
const isTypeBoxSchema = (schema: object) =>
  '~kind' in schema ||
  '~unsafe' in schema ||
  isOldTypeBox(schema) ||
  Object.keys(schema).every((keyword) => isKeyword(keyword));

/**
 * A schema as contracts carry it, out of what it was declared with. `Value` is what the declaration stands for.
 *
 * @param title What it is the schema of, for messages.
 * @throws WirepactError `INVALID_CONTRACT` where it is none that a contract may have.
 */
export function toPayloadSchema<Value>(schema: unknown, title: string): PayloadSchema<Value> {
  // Some libraries make functions that are schemas.
  if ((isObject(schema) || typeof schema === 'function') && isStandardSchema(schema))
    return fromStandardSchema(schema);
  if (isObject(schema) && isTypeBoxSchema(schema)) return fromTypeBox(schema, title);
  throw new WirepactError(
    'INVALID_CONTRACT',
    `${title}: this is not a schema: it was made neither by TypeBox 1 (\`Type.Object({ id: Type.String() })\` of the package ` +
      '`typebox`) nor by a library of Standard Schemas (zod, valibot, arktype in a version that has `~standard`).',
  );
}
