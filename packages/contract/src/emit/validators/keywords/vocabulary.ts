import type { JsonSchemaObject, JsonType } from '../../../json-schema';
import { isJsonType, isKeyword, JSON_TYPES } from '../../../keywords';
import type { SchemaPlace } from '../schema-place';

/**
 * Refuses a schema that has a keyword of which no validator can be made.
 * @throws WirepactError `INVALID_CONTRACT` naming it.
 */
export function checkKeywords(schema: unknown, place: SchemaPlace): void {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    throw place.refusal('$schema', `has ${JSON.stringify(schema)} where a schema belongs.`);
  }
  const unknown = Object.keys(schema).find((keyword) => !isKeyword(keyword) || keyword === '$defs');
  if (unknown) throw place.refusal(unknown, 'is none that a contract may use; say it with others.');
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
