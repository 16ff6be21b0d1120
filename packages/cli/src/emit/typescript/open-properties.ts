import { type JsonSchema, type JsonSchemaObject, mapSubschemas } from '@wirepact/contract/tools';
import { isAnything } from '../schema-types';

/** Where the parts of a schema are that say something of the same value. */
const PART = /^\/(allOf|anyOf|oneOf)\//;

type Properties = Readonly<Record<string, JsonSchema>>;

/** The properties that schemas which hold together say something of. */
const declaredIn = (schemas: readonly JsonSchema[]): Properties =>
  Object.fromEntries(
    schemas
      .flatMap((schema) => (typeof schema === 'boolean' ? [] : Object.entries(schema.properties ?? {})))
      .filter(([, property]) => !isAnything(property)),
  );

function fillProperties(schema: JsonSchemaObject, known: Properties): Properties {
  const { properties = {}, required = [] } = schema;
  const undeclared = required.filter(
    (name) => Object.hasOwn(known, name) && !Object.hasOwn(properties, name),
  );
  const entries = [...Object.entries(properties), ...undeclared.map((name) => [name, true] as const)];
  return Object.fromEntries(
    entries.map(([name, property]) => [name, isAnything(property) ? (known[name] ?? property) : property]),
  );
}

function fill(schema: JsonSchema, known: Properties): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const properties = fillProperties(schema, known);
  return {
    ...mapSubschemas(schema, '', (inside, path) => (PART.test(path) ? fill(inside, known) : inside)),
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}

/**
 * A schema whose parts hold together, with the properties that one part leaves open filled in from another: “an
 * object with an optional `id`, which is a string” and “an object that has an `id`” make a required string.
 * TypeScript would make `unknown` of what is open, and `string | undefined` of both.
 */
export function fillOpenProperties(schema: JsonSchemaObject): JsonSchemaObject {
  const { allOf = [], anyOf, oneOf } = schema;
  if (allOf.length === 0 && !(schema.properties && (anyOf ?? oneOf))) return schema;
  const filled = fill(schema, declaredIn([schema, ...allOf]));
  return typeof filled === 'boolean' ? schema : filled;
}
