import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract/tools';
import { toCode } from '../code-span';
import { describeConstraints } from '../constraints';
import { typesOf } from '../schema-types';
import { toParagraph, toTable } from './markdown-text';
import { hasFields, toTypeCell } from './type-cell';

type Row = readonly [field: string, type: string, required: string, constraints: string, description: string];

/** What a schema asks for beyond its type, as a sentence or more; empty where it asks for nothing. */
export function toConstraintText(schema: JsonSchema): string {
  const whole = typeof schema === 'object' && typesOf(schema)?.includes('integer') ? ['Whole number'] : [];
  const constraints = [...whole, ...describeConstraints(schema)];
  return constraints.length > 0 ? `${constraints.join('. ')}.` : '';
}

/** `field` is Markdown. */
function toRow(field: string, schema: JsonSchema, required: boolean): Row {
  const { description = '', deprecated = false } = typeof schema === 'object' ? schema : {};
  const notice = deprecated ? '**Deprecated.** ' : '';
  const text = toParagraph(description);
  return [field, toTypeCell(schema), required ? 'yes' : 'no', toConstraintText(schema), notice + text];
}

function listOwn(schema: JsonSchemaObject, path: string): Row[] {
  const { properties = {}, required = [] } = schema;
  const undeclared = required.filter((name) => !Object.hasOwn(properties, name));
  const entries = [...Object.entries(properties), ...undeclared.map((name) => [name, true] as const)];
  return entries.flatMap(([name, property]) => {
    const field = `${path}${name}`;
    return [toRow(toCode(field), property, required.includes(name)), ...listRows(property, `${field}.`)];
  });
}

/** Rows for properties that have no name of their own. */
function listOthers({ additionalProperties, patternProperties = {} }: JsonSchemaObject, path: string): Row[] {
  const place = path === '' ? '' : ` of ${toCode(path.replace(/\.$/, ''))}`;
  const matching = Object.entries(patternProperties).map(
    ([pattern, schema]) => [`any${place} that matches ${toCode(pattern)}`, schema] as const,
  );
  const others =
    typeof additionalProperties === 'object' ? [[`any other${place}`, additionalProperties] as const] : [];
  return [...matching, ...others].map(([field, schema]) => toRow(field, schema, false));
}

/** Rows for all properties inside a schema, those of nested objects below their own, with the path to each. */
function listRows(schema: JsonSchema, path: string): Row[] {
  if (typeof schema === 'boolean') return [];
  const { allOf = [], anyOf = [], oneOf = [], items = true, prefixItems = [] } = schema;
  const element = `${path.replace(/\.$/, '')}[].`;
  return [
    ...(hasFields(schema) ? [...listOwn(schema, path), ...listOthers(schema, path)] : []),
    ...[...allOf, ...anyOf, ...oneOf].flatMap((part) => listRows(part, path)),
    ...[...prefixItems, items].flatMap((item) => listRows(item, element)),
  ];
}

const HEADER = ['Field', 'Type', 'Required', 'Constraints', 'Description'];

/** A table of the properties a schema has inside; `undefined` where it has none. */
export function toFieldTable(schema: JsonSchema): string | undefined {
  const rows = listRows(schema, '');
  return rows.length > 0 ? toTable(HEADER, rows) : undefined;
}
