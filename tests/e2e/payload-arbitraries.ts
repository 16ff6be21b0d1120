import fc, { type Arbitrary } from 'fast-check';
import { UNSAFE_LINKS } from './bad-inputs';

/** The parts of JSON Schema that contracts use. */
export interface JsonSchema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}

type Payload = Record<string, unknown>;

/** Longest string to make where the bound itself is not what is tried. */
const ORDINARY_LENGTH = 64;

const without = (payload: Payload, names: readonly string[]): Payload =>
  Object.fromEntries(Object.entries(payload).filter(([name]) => !names.includes(name)));

/** JSON that any object may carry in fields that no schema names, within every bound. */
const anything = fc
  .jsonValue({ maxDepth: 1 })
  .filter((value) => !/__proto__|"constructor"/.test(JSON.stringify(value)))
  .map((value): unknown => JSON.parse(JSON.stringify(value)));

/** What an object and the schemas it is combined with say together. */
function flatten(schema: JsonSchema): {
  properties: Readonly<Record<string, JsonSchema>>;
  required: readonly string[];
  /** Groups of names, of each of which one has to be there. */
  alternatives: readonly (readonly string[])[];
} {
  const parts = schema.allOf ?? [schema];
  return {
    properties: Object.assign({}, ...parts.map(({ properties = {} }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
    alternatives: parts.flatMap(({ anyOf }) =>
      anyOf ? [anyOf.flatMap(({ required = [] }) => required)] : [],
    ),
  };
}

const matches = ({ pattern }: JsonSchema) => {
  const expression = new RegExp(pattern ?? '', 'u');
  return (text: string) => expression.test(text);
};

const validString = (schema: JsonSchema): Arbitrary<string> => {
  const { format, minLength = 0, maxLength = ORDINARY_LENGTH } = schema;
  return format === 'uuid'
    ? fc.oneof(
        fc.uuid(),
        fc.uuid().map((uuid) => uuid.toUpperCase()),
      )
    : fc.oneof(
        fc
          .string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, ORDINARY_LENGTH) })
          .filter(matches(schema)),
        fc.constant('x'.repeat(maxLength)),
      );
};

const validInteger = ({
  minimum: min = Number.MIN_SAFE_INTEGER,
  maximum: max = Number.MAX_SAFE_INTEGER,
}: JsonSchema): Arbitrary<number> =>
  fc.oneof(fc.integer({ min, max: Math.min(max, min + 1_000) }), fc.constantFrom(min, max));

function validObject(schema: JsonSchema): Arbitrary<Payload> {
  const { properties, required, alternatives } = flatten(schema);
  const models = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, validOf(property)] as const),
  );
  const named = fc.record(models, { requiredKeys: [...required] });
  const extra = fc.dictionary(fc.stringMatching(/^x-[a-z]{1,8}$/), anything, { maxKeys: 3 });
  return fc
    .tuple(named, extra)
    .map(([payload, more]): Payload => ({ ...more, ...payload }))
    .filter((payload) => alternatives.every((names) => names.some((name) => Object.hasOwn(payload, name))));
}

/** Values that match a schema. */
export function validOf(schema: JsonSchema): Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.allOf || schema.type === 'object') return validObject(schema);
  if (schema.type === 'string') return validString(schema);
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer') return validInteger(schema);
  if (schema.type === 'array' && schema.items) {
    return fc.array(validOf(schema.items), { maxLength: Math.min(schema.maxItems ?? 3, 3) });
  }
  if (schema.type === undefined) return anything;
  throw new Error(`No arbitrary for the type ${schema.type}.`);
}

/** One value of each type of JSON, by the name of the type. */
const ONE_OF_EACH: Readonly<Record<string, unknown>> = {
  string: 'text',
  boolean: true,
  number: 7,
  null: null,
  array: ['item'],
  object: { some: 'thing' },
};

const wrongType = (type: string): Arbitrary<unknown> =>
  fc.constantFrom(...Object.entries(ONE_OF_EACH).flatMap(([name, value]) => (name === type ? [] : [value])));

function invalidString(schema: JsonSchema): Arbitrary<unknown> {
  const { format, minLength, maxLength, pattern } = schema;
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  return fc.oneof(
    wrongType('string'),
    ...(minLength === 1 ? [fc.constant('')] : []),
    ...(maxLength === undefined ? [] : [fc.constant('x'.repeat(maxLength + 1))]),
    ...(format === 'uuid' ? [fc.string().filter((text) => !isUuid.test(text))] : []),
    ...(pattern === undefined
      ? []
      : [fc.constantFrom(...UNSAFE_LINKS.filter((text) => !matches(schema)(text)))]),
  );
}

const invalidInteger = ({ minimum, maximum }: JsonSchema): Arbitrary<unknown> =>
  fc.oneof(
    wrongType('number'),
    fc.constantFrom(0.5, 7.25, 1e-9),
    ...(minimum === undefined ? [] : [fc.constantFrom(minimum - 1, -1e21)]),
    ...(maximum === undefined ? [] : [fc.constantFrom(maximum + 1, 1e21)]),
  );

function invalidArray({ items, maxItems }: JsonSchema): Arbitrary<unknown> {
  const wrongItem = items && invalidOf(items);
  const tooMany =
    items && maxItems !== undefined
      ? [validOf(items).map((item): unknown[] => Array(maxItems + 1).fill(item))]
      : [];
  return fc.oneof(
    wrongType('array'),
    ...(wrongItem ? [wrongItem.map((item): unknown[] => [item])] : []),
    ...tooMany,
  );
}

function invalidObject(schema: JsonSchema): Arbitrary<unknown> {
  const { properties, required, alternatives } = flatten(schema);
  const valid = validObject(schema);
  const missing = [...required.map((name) => [name]), ...alternatives].map((names) =>
    valid.map((payload) => without(payload, names)),
  );
  const wrong = Object.entries(properties).flatMap(([name, property]) => {
    const invalid = invalidOf(property);
    return invalid
      ? [fc.tuple(valid, invalid).map(([payload, value]): unknown => ({ ...payload, [name]: value }))]
      : [];
  });
  return fc.oneof(wrongType('object'), ...missing, ...wrong);
}

/** Values that match all of a schema but one part; `undefined` where everything matches. */
export function invalidOf(schema: JsonSchema): Arbitrary<unknown> | undefined {
  if (schema.enum) return fc.constantFrom('', 'TRACE', null, 7, {});
  if (schema.allOf || schema.type === 'object') return invalidObject(schema);
  if (schema.type === 'string') return invalidString(schema);
  if (schema.type === 'integer') return invalidInteger(schema);
  if (schema.type === 'array') return invalidArray(schema);
  return schema.type === undefined ? undefined : wrongType(schema.type);
}
