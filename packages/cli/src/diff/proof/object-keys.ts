import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract/tools';
import { type Case, composedOf, type Facts } from './facts';
import { inScopeOf, type Scoped } from './scope';

type ScopedObject = Scoped<JsonSchemaObject>;

/** Schemas that `schema` has for the value of the property `name`. */
export function propertySchemas(schema: JsonSchemaObject, name: string): readonly JsonSchema[] {
  const { properties = {}, patternProperties = {}, additionalProperties = true } = schema;
  const own = Object.hasOwn(properties, name) ? [properties[name] ?? true] : [];
  const matching = Object.entries(patternProperties)
    .filter(([pattern]) => new RegExp(pattern, 'u').test(name))
    .map(([, value]) => value);
  const named = [...own, ...matching];
  return named.length > 0 ? named : [additionalProperties];
}

/** True where whoever sends by `schema` may send the property `name`: it is named, or others are written to be allowed. */
const declares = (schema: JsonSchemaObject, name: string) =>
  schema.additionalProperties !== undefined ||
  Object.hasOwn(schema.properties ?? {}, name) ||
  Object.keys(schema.patternProperties ?? {}).some((pattern) => new RegExp(pattern, 'u').test(name));

const declaresOthers = ({ additionalProperties, patternProperties }: JsonSchemaObject) =>
  additionalProperties !== undefined || Object.keys(patternProperties ?? {}).length > 0;

const scopedProperties = (object: ScopedObject, name: string) =>
  propertySchemas(object.schema, name).map((schema) => inScopeOf(object, schema));

const eitherOf = (schemas: readonly Scoped[]): readonly Scoped[] => {
  const [first] = schemas;
  return first ? [inScopeOf(first, { anyOf: schemas.map(({ schema }) => schema) })] : [];
};

/** How a property name relates to the patterns of a goal: it matches `pattern` and none of `unmatched`. */
export interface UnnamedKey {
  readonly pattern?: string;
  readonly unmatched: readonly string[];
}

/** What `object` says of the value of a property that none of the schemas at hand names. */
function unnamedSchema({ schema }: ScopedObject, { pattern, unmatched }: UnnamedKey): JsonSchema {
  const { patternProperties = {}, additionalProperties = true } = schema;
  if (pattern !== undefined && Object.hasOwn(patternProperties, pattern))
    return patternProperties[pattern] ?? true;
  const open = Object.entries(patternProperties)
    .filter(([own]) => !unmatched.includes(own))
    .map(([, value]) => value);
  return open.length === 0 ? additionalProperties : { anyOf: [additionalProperties, ...open] };
}

/** The properties that objects of one case may have, and what is known of each. */
export class ObjectKeys {
  private readonly possible: readonly ScopedObject[];
  /** True where only declared properties are sent. */
  private readonly closed: boolean;

  constructor(private readonly one: Case) {
    this.possible = one.possible.flatMap((schema) => composedOf(schema));
    this.closed = one.literals.some(({ schema, scope }) => scope.sends && schema.properties !== undefined);
  }

  /** Every name that one of the schemas at hand has for a property. */
  names(): ReadonlySet<string> {
    const objects = [...this.one.literals, ...this.possible];
    return new Set(objects.flatMap(({ schema }) => Object.keys(schema.properties ?? {})));
  }

  /** What is known of the value of `name`; `undefined` where there is no such property. */
  facts(name: string): Facts | undefined {
    return this.known(
      (schema) => declares(schema, name),
      (object) => scopedProperties(object, name),
    );
  }

  /** What is known of the values of properties that nothing names. */
  unnamedFacts(key: UnnamedKey): Facts | undefined {
    return this.known(declaresOthers, (object) => [inScopeOf(object, unnamedSchema(object, key))]);
  }

  private known(
    declared: (schema: JsonSchemaObject) => boolean,
    schemasOf: (object: ScopedObject) => readonly Scoped[],
  ): Facts | undefined {
    const { literals } = this.one;
    const sent = literals.some(({ schema, scope }) => scope.sends && declared(schema));
    const others = this.possible
      .filter(({ schema, scope }) => scope.sends && declared(schema))
      .flatMap(schemasOf);
    const certain = literals.flatMap(schemasOf);
    if (!this.closed || sent) return { schemas: certain, possible: others };
    return others.length === 0 ? undefined : { schemas: [...certain, ...eitherOf(others)], possible: others };
  }
}
