import { type JsonSchemaObject, WirepactError } from '@wirepact/contract';
import { isKeyword, isObject } from '@wirepact/contract/tools';
import type { ContractDocument } from '../contract-document';
import { innerSchemas } from './inner-schemas';
import { definitionName } from './proof/scope';

/** The error for a document that is not what it should be, at `place`. */
const refuse = (place: string, problem: string) =>
  new WirepactError('INVALID_CONTRACT', `${place}: ${problem}`);

function checkPattern(place: string, pattern: unknown): void {
  try {
    new RegExp(String(pattern), 'u');
  } catch (cause) {
    throw refuse(place, `${JSON.stringify(pattern)} is not a regular expression (${String(cause)}); fix it.`);
  }
}

function checkReference(place: string, reference: unknown, defs: object): void {
  const points = typeof reference === 'string' && reference.startsWith('#/$defs/');
  if (!points || !Object.hasOwn(defs, definitionName(reference)))
    throw refuse(
      place,
      `$ref ${JSON.stringify(reference)} leads nowhere; point it at a type of the document's $defs.`,
    );
}

function checkSchema(place: string, schema: unknown, defs: object): void {
  if (typeof schema === 'boolean') return;
  if (!isObject(schema)) throw refuse(place, 'a schema has to be an object, true or false.');
  const foreign = Object.keys(schema).find((keyword) => !isKeyword(keyword));
  if (foreign !== undefined)
    throw refuse(
      place,
      `the keyword "${foreign}" is not one that a contract may use; say it with others, or check it in code.`,
    );
  if ('pattern' in schema) checkPattern(`${place}/pattern`, schema.pattern);
  if ('$ref' in schema) checkReference(place, schema.$ref, defs);
  if ('patternProperties' in schema && isObject(schema.patternProperties))
    for (const pattern of Object.keys(schema.patternProperties))
      checkPattern(`${place}/patternProperties`, pattern);
  for (const [name, inner] of innerSchemas(schema)) checkSchema(`${place}/${name}`, inner, defs);
}

/** Definitions that the one called `name` is composed of, for the same value. */
function composedNames(schema: JsonSchemaObject): readonly string[] {
  const {
    allOf = [],
    anyOf = [],
    oneOf = [],
    not = true,
    if: condition = true,
    else: alternative = true,
  } = schema;
  const parts = [allOf, anyOf, oneOf, not, condition, schema.then ?? true, alternative].flat();
  const dependents = Object.values(schema.dependentSchemas ?? {});
  const inner = [...parts, ...dependents].flatMap((part) =>
    typeof part === 'boolean' ? [] : composedNames(part),
  );
  return schema.$ref === undefined ? inner : [definitionName(schema.$ref), ...inner];
}

/** A definition that is composed of itself, so that checking a value against it never ends. */
export function findEndlessDefinition(defs: ContractDocument['$defs']): string | undefined {
  const reaches = (name: string, target: string, seen: Set<string>): boolean => {
    const schema = Object.hasOwn(defs, name) ? defs[name] : undefined;
    if (!schema || seen.has(name)) return false;
    seen.add(name);
    return composedNames(schema).some((next) => next === target || reaches(next, target, seen));
  };
  return Object.keys(defs).find((name) => reaches(name, name, new Set()));
}

/**
 * Checks that the schemas of a document are such as a contract may have.
 * @throws WirepactError `INVALID_CONTRACT` for an unknown keyword, a reference that leads nowhere, a pattern that is
 * none, or a type that is composed of itself.
 */
export function checkSchemas({ title, $defs }: ContractDocument): void {
  for (const [name, schema] of Object.entries($defs)) checkSchema(`${title}: $defs/${name}`, schema, $defs);
  const endless = findEndlessDefinition($defs);
  if (endless !== undefined)
    throw refuse(
      `${title}: $defs/${endless}`,
      'is composed of itself, so a check would never end; put a property or an item between.',
    );
}
