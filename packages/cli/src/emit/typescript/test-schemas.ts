import * as Type from 'typebox';

const Place = Type.Object({ x: Type.Integer(), y: Type.Optional(Type.Number()) }, { title: 'Place' });

/** An object with the named properties and any others besides. */
const openObject = <Properties extends Type.TProperties>(properties: Properties) =>
  Type.Unsafe<Type.Static<Type.TObject<Properties>> & { [name: string]: unknown }>(
    Type.Object(properties, { additionalProperties: true }),
  );

/** Schemas whose emitted types are compared to TypeBox's own. */
export const schemas = {
  Text: Type.String(),
  Whole: Type.Integer(),
  Flag: Type.Boolean(),
  Nothing: Type.Null(),
  Anything: Type.Unknown(),
  Never: Type.Never(),
  Literal: Type.Literal('it’s "quoted" \\ here'),
  NumberLiteral: Type.Literal(-1.5),
  FlagLiteral: Type.Literal(false),
  Choice: Type.Enum(['todo', 'done']),
  LongChoice: Type.Enum([
    ...(['backlog', 'selected for development', 'in progress', 'in review', 'in testing', 'done'] as const),
  ]),
  MixedChoice: Type.Union([Type.Literal('a'), Type.Literal(1), Type.Literal(true), Type.Null()]),
  Nullable: Type.Union([Type.String(), Type.Null()]),
  Texts: Type.Array(Type.String()),
  Unions: Type.Array(Type.Union([Type.String(), Type.Array(Type.Union([Type.Number(), Type.Null()]))])),
  LongUnions: Type.Array(
    Type.Union([
      Type.Literal('a rather long literal'),
      Type.Literal('another rather long literal'),
      Type.Literal('the last of these rather long literals'),
    ]),
  ),
  Pair: Type.Tuple([Type.String(), Type.Number()]),
  Triple: Type.Tuple([Type.Union([Type.String(), Type.Null()]), Place, Type.Array(Type.Boolean())]),
  Empty: Type.Object({}),
  Closed: Type.Object({ a: Type.String() }, { additionalProperties: false }),
  Optional: Type.Object({ a: Type.String(), b: Type.Optional(Type.Union([Type.Integer(), Type.Null()])) }),
  Quoted: Type.Object({
    'a-b': Type.String(),
    'it’s': Type.Optional(Type.String()),
    "'": Type.String(),
    '': Type.String(),
    0: Type.String(),
    größe: Type.String(),
    constructor: Type.String(),
    default: Type.Optional(Type.Unknown()),
    'line\nbreak': Type.String(),
  }),
  Open: openObject({ a: Type.String(), b: Type.Optional(Type.Number()) }),
  OpenEmpty: openObject({}),
  Counts: Type.Record(Type.String(), Type.Integer()),
  CountsOfCounts: Type.Record(
    Type.String(),
    Type.Record(Type.String(), Type.Union([Type.Integer(), Type.Null()])),
  ),
  ByNumber: Type.Record(Type.Integer(), Type.String()),
  ByName: Type.Record(Type.Union([Type.Literal('left'), Type.Literal('right')]), Place),
  Both: Type.Intersect([Type.Object({ a: Type.String() }), Place]),
  BothChoices: Type.Intersect([
    Type.Union([Type.Object({ a: Type.String() }), Type.Object({ b: Type.String() })]),
    Type.Union([Type.Object({ c: Type.String() }), Type.Object({ d: Type.Null() })]),
  ]),
  OneOfTwo: Type.Intersect([
    Type.Object({
      a: Type.Optional(Type.String()),
      b: Type.Optional(Type.Integer()),
      c: Type.Optional(Place),
    }),
    Type.Union([
      Type.Object({ a: Type.Unsafe<string>(Type.Unknown()) }),
      Type.Object({ a: Type.Optional(Type.Never()), b: Type.Unsafe<number>(Type.Unknown()) }),
    ]),
  ]),
  Tagged: Type.Union([
    Type.Object({ kind: Type.Literal('circle'), radius: Type.Number() }),
    Type.Object({ kind: Type.Literal('square'), side: Type.Number(), at: Type.Optional(Place) }),
    Type.Null(),
  ]),
  Deep: Type.Object({
    a: Type.Array(
      Type.Object({ b: Type.Optional(Type.Object({ c: Type.Tuple([Type.Array(Place), Type.Null()]) })) }),
    ),
  }),
  Partly: Type.Partial(Place),
  Picked: Type.Pick(Type.Object({ a: Type.String(), b: Type.Number(), c: Type.Null() }), ['a', 'c']),
  Tree: Type.Cyclic(
    {
      Branch: Type.Object({
        name: Type.String(),
        parent: Type.Optional(Type.Ref('Branch')),
        children: Type.Array(Type.Ref('Branch')),
      }),
    },
    'Branch',
  ),
  Json: Type.Cyclic(
    {
      Value: Type.Union([
        Type.String(),
        Type.Number(),
        Type.Boolean(),
        Type.Null(),
        Type.Array(Type.Ref('Value')),
        Type.Record(Type.String(), Type.Ref('Value')),
      ]),
    },
    'Value',
  ),
};
