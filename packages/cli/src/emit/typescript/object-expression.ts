import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract/tools';
import { after, type Expression, simple, union } from './expression';
import { toJsDoc } from './jsdoc';
import { toPropertyName } from './literal';
import { toSchemaDoc } from './schema-doc';

/** Writes the type of a schema, as an expression whose first line is indented by `indent`. */
export type ToExpression = (schema: JsonSchema, indent: string) => Expression;

interface Member {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly optional: boolean;
  readonly type: Expression;
}

/** Key patterns that TypeScript has an index signature of its own for. */
const KEY_TYPES = new Map([
  ['^.*$', 'string'],
  ['^[\\s\\S]*$', 'string'],
  ['^-?(?:0|[1-9][0-9]*)$', 'number'],
  ['^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?$', 'number'],
]);

/** Longest list of members that stands on one line. */
const INLINE_WIDTH = 60;

/** Properties that are declared, and after them those that are only required. */
function listMembers(
  { properties = {}, required = [] }: JsonSchemaObject,
  indent: string,
  toExpression: ToExpression,
): Member[] {
  const undeclared = required.filter((name) => !Object.hasOwn(properties, name));
  const entries = [...Object.entries(properties), ...undeclared.map((name) => [name, true] as const)];
  return entries.map(([name, schema]) => ({
    name,
    schema,
    optional: !required.includes(name),
    type: toExpression(schema, indent),
  }));
}

/** What properties that are not declared may hold; `undefined` where the schema has nothing to say about them. */
function othersOf(schema: JsonSchemaObject): { key: string; schemas: readonly JsonSchema[] } | undefined {
  const { patternProperties = {}, additionalProperties } = schema;
  const [only, ...further] = Object.entries(patternProperties);
  const patterned = Object.values(patternProperties);
  const isOpen = additionalProperties !== undefined && additionalProperties !== false;
  if (isOpen) return { key: 'string', schemas: [additionalProperties, ...patterned] };
  if (!only) return undefined;
  const key = further.length === 0 ? KEY_TYPES.get(only[0]) : undefined;
  if (key) return { key, schemas: patterned };
  return { key: 'string', schemas: additionalProperties === false ? patterned : [true] };
}

/** The index signature; TypeScript wants the declared properties to fit into it, too. */
function toIndexSignature(
  schema: JsonSchemaObject,
  members: readonly Member[],
  indent: string,
  toExpression: ToExpression,
): string[] {
  const others = othersOf(schema);
  if (!others) return [];
  const { key, schemas } = others;
  const declared = key === 'string' ? members : [];
  const parts = [
    ...schemas.map((other) => toExpression(other, indent)),
    ...declared.map(({ type }) => type),
    ...(declared.some(({ optional }) => optional) ? [simple('undefined')] : []),
  ];
  return [`${indent}${after(`[name: ${key}]:`, union(parts, indent))};\n`];
}

function toMember({ name, schema, optional, type }: Member, indent: string): string {
  const introduction = `${toPropertyName(name)}${optional ? '?' : ''}:`;
  return `${toJsDoc(toSchemaDoc(schema), indent)}${indent}${after(introduction, type)};\n`;
}

/** The type of the objects that match a schema; what else the schema says is left out. */
export function toObjectExpression(
  schema: JsonSchemaObject,
  indent: string,
  toExpression: ToExpression,
): Expression {
  const inner = `${indent}  `;
  const members = listMembers(schema, inner, toExpression);
  const lines = [
    ...members.map((member) => toMember(member, inner)),
    ...toIndexSignature(schema, members, inner, toExpression),
  ];
  if (lines.length === 0) return simple('object');
  const expression = { kind: 'object', text: `{\n${lines.join('')}${indent}}` } as const;
  const line = lines
    .map((member) => member.trim())
    .join(' ')
    .replace(/;$/, '');
  const isSmall = line.length <= INLINE_WIDTH && !/\/\*\*|\n/.test(line);
  return isSmall ? { ...expression, inline: `{ ${line} }` } : expression;
}
