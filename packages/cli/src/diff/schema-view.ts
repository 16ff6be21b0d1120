import { ANNOTATIONS, asObject, type JsonSchemaObject, nameIn } from '@wirepact/contract/tools';
import type { PlacedSchema } from './proof/can-receive';

/** A schema as it is compared: its references followed, what it is composed of put together where that is simple. */
export interface SchemaView {
  readonly schema: JsonSchemaObject;
  readonly defs: PlacedSchema['defs'];
  /** The references that were followed. */
  readonly names: readonly string[];
}

/** `schema` without what says nothing of its values. */
export const withoutAnnotations = (schema: JsonSchemaObject): JsonSchemaObject =>
  Object.fromEntries(Object.entries(schema).filter(([keyword]) => !ANNOTATIONS.has(keyword)));

/** True where what a schema says of other properties depends on those it names. */
const isClosed = ({ additionalProperties, patternProperties }: JsonSchemaObject) =>
  additionalProperties !== undefined || patternProperties !== undefined;

const namesProperties = (schema: JsonSchemaObject) => schema.properties !== undefined || isClosed(schema);

/** One schema that says what both say, where no keyword but `properties` and `required` is in both. */
function joined(left: JsonSchemaObject, right: JsonSchemaObject): JsonSchemaObject | undefined {
  const { properties: leftProperties = {}, required: leftRequired = [], ...leftRest } = left;
  const { properties: rightProperties = {}, required: rightRequired = [], ...rightRest } = right;
  const shared = Object.keys(rightRest).filter((keyword) => keyword in leftRest && !ANNOTATIONS.has(keyword));
  const clash = Object.keys(rightProperties).some((name) => Object.hasOwn(leftProperties, name));
  const closed = (isClosed(left) && namesProperties(right)) || (isClosed(right) && namesProperties(left));
  const clashes = shared.some((keyword) => keyword !== 'type' || leftRest.type !== rightRest.type);
  if (clash || closed || clashes) return undefined;
  const properties = { ...leftProperties, ...rightProperties };
  const required = [...new Set([...leftRequired, ...rightRequired])];
  return {
    ...rightRest,
    ...leftRest,
    ...((left.properties || right.properties) && { properties }),
    ...(required.length > 0 && { required }),
  };
}

/** The schema that `parts` are together; `undefined` where they cannot simply be put together. */
const joinAll = (parts: readonly JsonSchemaObject[]): JsonSchemaObject | undefined =>
  parts.reduce<JsonSchemaObject | undefined>((whole, part) => whole && joined(whole, part), {});

/** How `placed` is compared. */
export function viewOf({ schema, defs }: PlacedSchema, names: readonly string[] = []): SchemaView {
  const { $ref, allOf = [], ...own } = asObject(schema);
  const target = $ref === undefined ? undefined : defs[nameIn($ref)];
  if (!target && allOf.length === 0) return { schema: own, defs, names };
  const inner = [...(target ? [target] : []), ...allOf].map((part) => viewOf({ schema: part, defs }, names));
  const whole = joinAll([own, ...inner.map((view) => view.schema)]);
  const followed = inner.flatMap((view) => view.names);
  if (!whole) return { schema: asObject(schema), defs, names };
  return {
    schema: whole,
    defs,
    names: [...new Set([...names, ...($ref === undefined ? [] : [$ref]), ...followed])],
  };
}
