import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Static, TSchema } from 'typebox';
import { fromStandardSchema } from './from-standard-schema';
import { fromTypeBox } from './from-typebox';
import type { PayloadSchema } from './payload-schema';

/** What a payload may be declared with: a TypeBox schema, or any Standard Schema (zod, valibot, arktype …). */
export type SchemaLike = TSchema | StandardSchemaV1;

/** The type of what is sent under a schema: for a Standard Schema its input, as the wire carries what was sent. */
export type ValueOf<Schema extends SchemaLike> =
  Schema extends StandardSchemaV1<infer Input, unknown> ? Input : Static<Schema>;

const isStandardSchema = (schema: SchemaLike): schema is StandardSchemaV1 => '~standard' in schema;

/** A schema as contracts carry it, out of what it was declared with. `Value` is what the declaration stands for. */
export const toPayloadSchema = <Value>(schema: SchemaLike): PayloadSchema<Value> =>
  isStandardSchema(schema) ? fromStandardSchema(schema) : fromTypeBox(schema);
