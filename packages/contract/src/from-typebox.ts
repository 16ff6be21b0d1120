import type { Static, TSchema } from 'typebox';
import type { JsonSchema } from './json-schema';
import { createPayloadSchema, type PayloadSchema } from './payload-schema';
import { interpret } from './shape/interpret';
import { SchemaPlace } from './shape/schema-place';
import { ShapeReader } from './shape/shape-reader';
import { toJsonSchema } from './to-json-schema';

const withDefinitions = (json: JsonSchema, $defs: Readonly<Record<string, JsonSchema>>): JsonSchema =>
  typeof json === 'boolean' || Object.keys($defs).length === 0 ? json : { ...json, $defs };

/**
 * The schema that a TypeBox schema declares, its type left to whoever knows it. It is interpreted, as JSON Schema: it
 * evaluates no code and answers as what is built from it does.
 *
 * @param title What it is the schema of, for messages.
 * @throws WirepactError `INVALID_CONTRACT` where it is not a schema that a contract may have, with the place.
 */
export function fromTypeBox<Value>(schema: TSchema, title: string): PayloadSchema<Value> {
  const place = new SchemaPlace(title);
  const { json, obstacles, ...parts } = toJsonSchema(schema, place);
  const reader = new ShapeReader({ title, ...parts });
  for (const name of Object.keys(parts.$defs)) reader.readType(name);
  const { check, issues } = interpret(reader.read(json, place), (name) => reader.readType(name));
  const declaration = { json: withDefinitions(json, parts.$defs), obstacles };
  return createPayloadSchema({ check, issues, declaration });
}

/**
 * A check of values by a TypeBox schema, as contracts make it: it evaluates no code, so it runs under any
 * Content-Security-Policy; for production, build the contract ahead of time.
 *
 * @throws WirepactError `INVALID_CONTRACT` where it is not a schema that a contract may have, with the place.
 */
export const createValidator = <Schema extends TSchema>(schema: Schema): PayloadSchema<Static<Schema>> =>
  fromTypeBox(schema, 'the schema');
