import type { JsonSchemaObject, JsonType } from '../../json-schema';
import { isJsonType, isKeyword, JSON_TYPES, KEYWORD_NAMES } from '../../keywords';
import { suggest } from '../../nearest';
import type { SchemaPlace } from '../schema-place';

/**
 * Refuses a schema that has a keyword of which no validator can be made.
 * @throws WirepactError `INVALID_CONTRACT` naming it.
 */
export function checkKeywords(schema: unknown, place: SchemaPlace): void {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    throw place.refuse(`${JSON.stringify(schema)} stands where a schema belongs.`);
  }
  const unknown = Object.keys(schema).find((keyword) => !isKeyword(keyword) || keyword === '$defs');
  if (unknown === undefined) return;
  const near = suggest(unknown, KEYWORD_NAMES) || '; say it with others.';
  throw place.refusal(unknown, `is not one that a contract may use${near}`);
}

/**
 * The types a value may have, each once; `undefined` where the schema does not say.
 * @throws WirepactError `INVALID_CONTRACT` where one is no type.
 */
export function readTypes({ type }: JsonSchemaObject, place: SchemaPlace): readonly JsonType[] | undefined {
  if (type === undefined) return undefined;
  const types = [...new Set([type].flat())];
  if (types.length === 0 || !types.every(isJsonType)) {
    throw place.refusal('type', `takes ${JSON_TYPES.join(', ')}, not ${JSON.stringify(type)}.`);
  }
  // Every integer is a number, so the narrower says nothing beside it.
  return types.includes('number') ? types.filter((name) => name !== 'integer') : types;
}
