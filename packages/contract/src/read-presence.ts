import { WirepactError } from './error';
import type { EventRegistry } from './event';
import { isObject } from './is-object';
import type { JsonSchema, JsonSchemaObject } from './json-schema';
import { suggest } from './nearest';
import { createPayloadSchema, type PayloadSchema } from './payload-schema';
import type { PresenceRegistry } from './presence';
import { type SchemaLike, toPayloadSchema, type ValueOf } from './schema-like';

/** The states of members as they are declared, by the kind of room. */
export type PresenceDeclarations = Readonly<Record<string, SchemaLike>>;

/** The registry that comes of what is declared. */
export type PresenceSchemasOf<Declared extends PresenceDeclarations> = {
  readonly [Kind in keyof Declared]: PayloadSchema<ValueOf<Declared[Kind]>>;
};

type StateIn<Registry, Kind> = Kind extends keyof Registry
  ? Registry[Kind] extends PayloadSchema<infer State>
    ? State
    : unknown
  : unknown;

/** The states of a contract that extends another: where both say what they are, they are both. */
export type ExtendedPresence<Base extends PresenceRegistry, Added extends PresenceDeclarations> = {
  readonly [Kind in keyof Base | keyof Added]: PayloadSchema<
    StateIn<Base, Kind> & StateIn<PresenceSchemasOf<Added>, Kind>
  >;
};

/**
 * The registry that comes of what is declared; `undefined` where nothing is.
 * @throws WirepactError `INVALID_CONTRACT` where a kind of room is none of the contract's, or a schema is none.
 */
export function readPresence<Declared extends PresenceDeclarations>(
  contractName: string,
  declared: Declared | undefined,
  serverToClient: EventRegistry,
): PresenceSchemasOf<Declared> | undefined {
  if (declared === undefined) return undefined;
  if (!isObject(declared))
    throw new WirepactError(
      'INVALID_CONTRACT',
      `${contractName}: presence has to be an object of schemas by the kind of room.`,
    );
  const rooms = [...new Set(Object.values(serverToClient).flatMap(({ room }) => room?.name ?? []))];
  const read = ([kind, schema]: [string, SchemaLike]) => {
    if (rooms.includes(kind))
      return [kind, toPayloadSchema(schema, `${contractName}: presence of ${kind}`)] as const;
    const near = suggest(kind, rooms) || `. Its rooms are: ${rooms.join(', ') || 'none'}.`;
    throw new WirepactError(
      'INVALID_CONTRACT',
      `${contractName}: presence: no event that the server sends belongs to a room "${kind}"${near}`,
    );
  };
  // Each kind keeps its own schema, which no type can follow through entries.
  return Object.fromEntries(Object.entries(declared).map(read)) as PresenceSchemasOf<Declared>;
}

const isSchemaObject = (json: JsonSchema): json is JsonSchemaObject => typeof json === 'object';

/** One JSON Schema for what both say. */
function toJsonOfBoth(one: JsonSchema, other: JsonSchema): JsonSchema {
  if (!isSchemaObject(one) || !isSchemaObject(other)) return { allOf: [one, other] };
  const { $defs: defsOfOne, ...first } = one;
  const { $defs: defsOfOther, ...second } = other;
  const $defs = { ...defsOfOne, ...defsOfOther };
  return { allOf: [first, second], ...(Object.keys($defs).length > 0 && { $defs }) };
}

/** What is right by both schemas. */
function bothOf(base: PayloadSchema, added: PayloadSchema): PayloadSchema {
  const { declaration: one } = base;
  const { declaration: other } = added;
  return createPayloadSchema({
    check: (value) => base.check(value) && added.check(value),
    issues: async (value) => [...(await base.issues(value)), ...(await added.issues(value))],
    ...(one &&
      other && {
        declaration: {
          json: toJsonOfBoth(one.json, other.json),
          obstacles: [...one.obstacles, ...other.obstacles],
        },
      }),
  });
}

/** The states of a contract that extends another. */
export function extendPresence(
  base: PresenceRegistry | undefined,
  added: PresenceRegistry | undefined,
): PresenceRegistry | undefined {
  if (!base || !added) return added ?? base;
  const common = Object.keys(added).filter((kind) => Object.hasOwn(base, kind));
  const both = common.flatMap((kind) => {
    const [one, other] = [base[kind], added[kind]];
    return one && other ? [[kind, bothOf(one, other)] as const] : [];
  });
  return { ...base, ...added, ...Object.fromEntries(both) };
}
