import { type JsonSchema, type JsonSchemaObject, type JsonType, nameIn } from '@wirepact/contract/tools';
import { isAnything, typesOf, valuesOf } from '../schema-types';
import { bracketed, type Expression, intersection, NEVER, simple, UNKNOWN, union } from './expression';
import { toLiteralType } from './literal';
import { toObjectExpression } from './object-expression';
import { fillOpenProperties } from './open-properties';

function toRest(items: JsonSchema | undefined, indent: string): string[] {
  if (items === false) return [];
  const item = toExpression(items ?? true, indent);
  return item === NEVER ? [] : [`...${bracketed(item, indent)}[]`];
}

function toArrayExpression(schema: JsonSchemaObject, indent: string): Expression {
  const { prefixItems, items, minItems = 0 } = schema;
  if (!prefixItems) return simple(`${bracketed(toExpression(items ?? true, indent), indent)}[]`);
  const inner = `${indent}  `;
  const elements = prefixItems.map((item, index) => {
    const element = toExpression(item, inner);
    return index < minItems ? (element.inline ?? element.text).trim() : `${bracketed(element, inner)}?`;
  });
  return simple(`[${[...elements, ...toRest(items, inner)].join(', ')}]`);
}

function toTypeExpression(type: JsonType, schema: JsonSchemaObject, indent: string): Expression {
  if (type === 'array') return toArrayExpression(schema, indent);
  if (type === 'object') return toObjectExpression(schema, indent, toExpression);
  return simple(type === 'integer' ? 'number' : type);
}

/** What `type`, or the values listed, leave. */
function toOwnExpression(schema: JsonSchemaObject, indent: string): Expression {
  const values = valuesOf(schema);
  if (values)
    return union(
      values.map((value) => simple(toLiteralType(value))),
      indent,
    );
  const types = typesOf(schema);
  return types
    ? union(
        types.map((type) => toTypeExpression(type, schema, indent)),
        indent,
      )
    : UNKNOWN;
}

function toUnion(schemas: readonly JsonSchema[] | undefined, indent: string): Expression {
  return schemas
    ? union(
        schemas.map((schema) => toExpression(schema, indent)),
        indent,
      )
    : UNKNOWN;
}

/** The type of the values that match a schema, as an expression whose first line is indented by `indent`. */
export function toExpression(schema: JsonSchema, indent: string): Expression {
  if (typeof schema === 'boolean') return schema ? UNKNOWN : NEVER;
  const filled = fillOpenProperties(schema);
  const { $ref, allOf = [], anyOf, oneOf, not, then, else: otherwise } = filled;
  const branches = then !== undefined && otherwise !== undefined ? [then, otherwise] : undefined;
  const parts = [
    $ref === undefined ? UNKNOWN : simple(nameIn($ref)),
    toOwnExpression(filled, indent),
    ...allOf.map((part) => toExpression(part, indent)),
    toUnion(anyOf, indent),
    toUnion(oneOf, indent),
    isAnything(not) ? NEVER : UNKNOWN,
    schema.if === undefined ? UNKNOWN : toUnion(branches, indent),
  ];
  return intersection(parts, indent);
}
