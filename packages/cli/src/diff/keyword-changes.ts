import type { JsonSchemaObject } from '@wirepact/contract/tools';
import { type Compatibility, compatibilityOf, judge, reasonFor, type Sender, sentOf } from './compatibility';
import type { ChangeKind, ContractChange } from './contract-change';
import type { PlacedSchema } from './proof/can-receive';
import type { SchemaView } from './schema-view';
import { BOUNDS, type Bound, boundPhrase, shown, shownChange } from './value-phrases';

/** What two versions of a schema are, where they stand, and who sends the values. */
export interface ViewPair {
  readonly path: string;
  readonly before: SchemaView;
  readonly after: SchemaView;
  readonly sender: Sender;
  /** What is proved of the two as a whole. */
  readonly proved: Compatibility;
}

/** Compares what is inside a schema, of which as much is proved as of the `whole`. */
export type Compare = (
  path: string,
  before: PlacedSchema,
  after: PlacedSchema,
  whole: Compatibility,
) => readonly ContractChange[];

/** Keywords whose values are plain, so that each can be changed by itself to see what it does. */
type PlainKeyword =
  | Bound
  | 'type'
  | 'enum'
  | 'const'
  | 'pattern'
  | 'format'
  | 'multipleOf'
  | 'uniqueItems'
  | 'additionalProperties';

/** One change of plain keywords: how it is named, and the values it is about. */
interface KeywordChange {
  readonly kind: ChangeKind;
  readonly message: string;
  /** The values that only one side knows, by the schema that allows them. */
  readonly phrase: (schema: JsonSchemaObject) => string;
  readonly keywords: Partial<Record<PlainKeyword, unknown>>;
  readonly values: readonly [before: unknown, after: unknown];
}

/** `schema` with some keywords replaced; `undefined` takes one away. */
const replaced = (schema: JsonSchemaObject, keywords: KeywordChange['keywords']): JsonSchemaObject =>
  Object.fromEntries(Object.entries({ ...schema, ...keywords }).filter(([, value]) => value !== undefined));

/** The change with its level, found by making it alone. */
function judged({ path, before, sender, proved }: ViewPair, change: KeywordChange): ContractChange {
  const mixed = { schema: replaced(before.schema, change.keywords), defs: before.defs };
  const alone = compatibilityOf({ before, after: mixed, sender });
  const { level, reason } = judge(proved, alone, (found) =>
    reasonFor(found, sender, change.phrase(sentOf(found, sender, before.schema, mixed.schema))),
  );
  const { kind, message, values } = change;
  return { path, kind, level, message, reason, before: values[0], after: values[1] };
}

const differs = (left: unknown, right: unknown) => JSON.stringify(left) !== JSON.stringify(right);

function boundChange(keyword: Bound, before: JsonSchemaObject, after: JsonSchemaObject): KeywordChange {
  const isLeast = keyword.startsWith('min') || keyword === 'exclusiveMinimum';
  const none = isLeast ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const grows = (after[keyword] ?? none) > (before[keyword] ?? none);
  return {
    kind: grows === isLeast ? 'bound-tightened' : 'bound-loosened',
    message: shownChange(keyword, before[keyword], after[keyword]),
    phrase: (schema) => boundPhrase(keyword, schema),
    keywords: { [keyword]: after[keyword] },
    values: [before[keyword], after[keyword]],
  };
}

const PLAIN: readonly (readonly [
  PlainKeyword & keyof JsonSchemaObject,
  ChangeKind,
  (value: unknown) => string,
])[] = [
  [
    'type',
    'type-changed',
    (value) => (value === undefined ? 'values of any type' : `values of type ${shown(value)}`),
  ],
  [
    'pattern',
    'pattern-changed',
    (value) => (value === undefined ? 'any string' : `strings that match ${value}`),
  ],
  [
    'format',
    'format-changed',
    (value) => (value === undefined ? 'strings of any format' : `strings of format ${value}`),
  ],
  [
    'multipleOf',
    'multiple-changed',
    (value) => (value === undefined ? 'any number' : `multiples of ${value}`),
  ],
  [
    'uniqueItems',
    'unique-items-changed',
    (value) => (value === true ? 'lists without repetition' : 'lists in which an item stands twice'),
  ],
  [
    'additionalProperties',
    'additional-properties-changed',
    (value) => (value === false ? 'exactly the named properties' : 'properties that are not named'),
  ],
];

function plainChanges(before: JsonSchemaObject, after: JsonSchemaObject): readonly KeywordChange[] {
  return PLAIN.filter(([keyword]) => differs(before[keyword], after[keyword]))
    .filter(
      ([keyword]) =>
        typeof before[keyword] !== 'object' || typeof after[keyword] !== 'object' || keyword === 'type',
    )
    .filter(([keyword]) => keyword !== 'additionalProperties' || typeof after[keyword] !== 'object')
    .map(([keyword, kind, phrase]) => ({
      kind,
      message: shownChange(keyword, before[keyword], after[keyword]),
      phrase: (schema) => phrase(schema[keyword]),
      keywords: { [keyword]: after[keyword] },
      values: [before[keyword], after[keyword]],
    }));
}

const valuesOf = (schema: JsonSchemaObject) => (schema.const === undefined ? schema.enum : [schema.const]);

const valuePhrase = (schema: JsonSchemaObject) => {
  const values = valuesOf(schema);
  return values ? `one of ${shown(values)}` : 'other values than those listed';
};

function enumChanges(before: JsonSchemaObject, after: JsonSchemaObject): readonly KeywordChange[] {
  const [was, is] = [valuesOf(before), valuesOf(after)];
  if (!differs(was, is)) return [];
  const [kind, message]: [ChangeKind, string] = was
    ? ['enum-removed', `the list of values ${shown(was)} is gone`]
    : ['enum-added', `only the values ${shown(is)} are left`];
  if (!was || !is)
    return [
      { kind, message, phrase: valuePhrase, keywords: { const: undefined, enum: is }, values: [was, is] },
    ];
  const has = (values: readonly unknown[], one: unknown) => values.some((other) => !differs(other, one));
  const added = is.filter((one) => !has(was, one)).map((one) => valueChange('added', one, [...was, one]));
  const removed = was
    .filter((one) => !has(is, one))
    .map((one) =>
      valueChange(
        'removed',
        one,
        was.filter((other) => differs(other, one)),
      ),
    );
  return [...added, ...removed];
}

const valueChange = (what: 'added' | 'removed', value: unknown, left: readonly unknown[]): KeywordChange => ({
  kind: `enum-value-${what}`,
  message: `value ${shown(value)} ${what}`,
  phrase: () => shown(value),
  keywords: { const: undefined, enum: left },
  values: what === 'added' ? [undefined, value] : [value, undefined],
});

/** Changes of the keywords of one schema that hold no other schema, each by itself. */
export function keywordChanges(pair: ViewPair): readonly ContractChange[] {
  const [before, after] = [pair.before.schema, pair.after.schema];
  const bounds = BOUNDS.filter((keyword) => before[keyword] !== after[keyword]);
  return [
    ...plainChanges(before, after),
    ...enumChanges(before, after),
    ...bounds.map((keyword) => boundChange(keyword, before, after)),
  ].map((change) => judged(pair, change));
}
