import { type JsonSchema, type JsonSchemaObject, mapSubschemas } from '@wirepact/contract/tools';
import { referencesOf } from '../../references-of';
import { toCode } from '../code-span';
import { isAnything, typesOf } from '../schema-types';
import { toExpression } from '../typescript/schema-expression';
import { toAnchor } from './markdown-text';

/** True for a schema that says no more than that a property is there, or is not. */
const isBare = (schema: JsonSchema) =>
  typeof schema === 'boolean' ||
  isAnything(schema) ||
  (Object.keys(schema).length === 1 && isAnything(schema.not));

/** True for a schema of objects whose properties have rows of their own, as there is something to say about them. */
export function hasFields(schema: JsonSchema): schema is JsonSchemaObject {
  if (typeof schema === 'boolean' || schema.type === undefined || !typesOf(schema)?.includes('object'))
    return false;
  return Object.values(schema.properties ?? {}).some((property) => !isBare(property));
}

/** The schema without what has rows of its own: such an object is only an `object`. */
function shorten(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const inside = mapSubschemas(schema, '', shorten);
  if (!hasFields(schema)) return inside;
  const { properties, required, patternProperties, additionalProperties, ...others } = inside;
  return others;
}

/** The type of a schema on one line, as TypeScript writes it; objects that have rows of their own are `object`. */
export const toTypeText = (schema: JsonSchema): string => {
  const { inline, text } = toExpression(shorten(schema), '');
  return (inline ?? text)
    .replace(/\s*\n\s*/g, ' ')
    .replace(/(^|\() ?\| /g, '$1')
    .trim();
};

const toLink = (text: string, name: string) => `[${toCode(text)}](#${toAnchor('type', name)})`;

/** The type of a schema, linked to the types it names. */
export function toTypeCell(schema: JsonSchema): string {
  const text = toTypeText(schema);
  const [only, ...others] = referencesOf(shorten(schema));
  if (only === undefined) return toCode(text);
  if (others.length === 0) return toLink(text, only);
  return `${toCode(text)} (see ${[only, ...others].map((name) => toLink(name, name)).join(', ')})`;
}
