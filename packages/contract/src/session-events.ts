import type { WireError } from './error';
import { type ContractEvent, DEFAULT_BOUNDS, UNDECLARED_BOUNDS } from './event';
import { isObject } from './is-object';
import type { JournalPosition } from './journal-position';
import { createPayloadSchema, type PayloadSchema } from './payload-schema';
import type { PresenceChange, PresenceMember, PresenceUpdate, PublicIdentity } from './presence';

type Test = (value: unknown) => boolean;

const isText =
  (maxLength: number): Test =>
  (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= maxLength;
const isCount: Test = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isBoolean: Test = (value) => typeof value === 'boolean';
const isMissingOr =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value);
const isListOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);

/** What an object must have, by its properties; others may be there besides. */
function object<Value>(properties: Readonly<Record<string, Test>>): PayloadSchema<Value> {
  const list = Object.entries(properties);
  const wrongIn = (value: object) => list.filter(([name, test]) => !test(Reflect.get(value, name)));
  return createPayloadSchema<Value>({
    check: (value) => isObject(value) && wrongIn(value).length === 0,
    issues: (value) =>
      isObject(value)
        ? wrongIn(value).map(([name]) => ({
            path: `/${name}`,
            message: 'is not what this event of the session carries',
            keyword: 'schema',
          }))
        : [{ path: '', message: 'must be object', keyword: 'type' }],
  });
}

const check =
  <Value>({ check: test }: PayloadSchema<Value>): Test =>
  (value) =>
    test(value);

// Calls are marked as pure, so that a page that needs none of this leaves it out.
const isName = /* @__PURE__ */ isText(256);

/** A room, as the session's events name it. */
export interface RoomAddress {
  /** The kind of room, as the contract calls it. */
  room: string;
  /** Which one. */
  id: string;
}
const address = { room: isName, id: isName };

const event = <
  Payload extends PayloadSchema | undefined = undefined,
  Reply extends PayloadSchema | undefined = undefined,
>(
  payload: Payload,
  reply: Reply,
  limits = payload ? DEFAULT_BOUNDS : UNDECLARED_BOUNDS,
): ContractEvent<Payload, Reply> => ({ payload, reply, limits });

/** Items come together, each bounded by the server that sends them. */
const ITEM_BOUNDS = { maxDepth: 32, maxProperties: 1_024, maxSize: 4 * 1024 * 1024 };

/** What a member says that it does. */
interface StateUpdate {
  /** Left out where it does nothing any more. */
  state?: Readonly<Record<string, unknown>>;
  /** For how long, in milliseconds, unless it is said again; the server may make it less. */
  ttlMs?: number;
}
/** A state is small: the server holds it to 1,024 bytes besides. */
const STATE_BOUNDS = { maxDepth: 8, maxProperties: 64, maxSize: 2_048 };

function createClientToServer() {
  const isPosition = check(object<Required<JournalPosition>>({ epoch: isText(64), seq: isCount }));
  return {
    heartbeat: event(undefined, object<{ time: number }>({ time: isCount })),
    authenticate: event(
      object<{ auth: Readonly<Record<string, unknown>> }>({ auth: isObject }),
      object<{ expiresAt?: number }>({ expiresAt: isMissingOr(isCount) }),
      { maxDepth: 6, maxProperties: 32, maxSize: 16_384 },
    ),
    join: event(
      object<RoomAddress & { resume?: Required<JournalPosition> }>({
        ...address,
        resume: isMissingOr(isPosition),
      }),
      object<Required<JournalPosition> & { recovered?: boolean }>({
        epoch: isText(64),
        seq: isCount,
        recovered: isMissingOr(isBoolean),
      }),
    ),
    leave: event(object<RoomAddress>(address), undefined),
    watchPresence: event(
      object<RoomAddress & { watching: boolean }>({ ...address, watching: isBoolean }),
      undefined,
    ),
    updatePresence: event(
      object<RoomAddress & StateUpdate>({
        ...address,
        state: isMissingOr(isObject),
        ttlMs: isMissingOr(isCount),
      }),
      object<{ ttlMs: number }>({ ttlMs: isCount }),
      STATE_BOUNDS,
    ),
    streamCredit: event(
      object<{ stream: string; credit: number }>({ stream: isText(64), credit: isCount }),
      undefined,
    ),
    streamCancel: event(object<{ stream: string }>({ stream: isText(64) }), undefined),
  };
}

function createPresenceChanged() {
  const identity = check(object<PublicIdentity>({ entityId: isName, name: isMissingOr(isName) }));
  const isMembers = isListOf(check(object<PresenceMember>({ identity })));
  return event(
    object<RoomAddress & PresenceChange>({
      ...address,
      count: isCount,
      members: isMissingOr(isMembers),
      joined: isMissingOr(isMembers),
      left: isMissingOr(isListOf(isName)),
      updated: isMissingOr(isListOf(check(object<PresenceUpdate>({ entityId: isName })))),
    }),
    undefined,
    ITEM_BOUNDS,
  );
}

function createServerToClient() {
  const isError = check(
    object<WireError>({
      code: isText(128),
      message: (value) => typeof value === 'string',
      retryable: isBoolean,
    }),
  );
  return {
    established: event(
      object<{
        protocolVersion?: string;
        capabilities?: string[];
        entityId?: string;
        expiresAt?: number;
      }>({
        protocolVersion: isMissingOr(isText(256)),
        capabilities: isMissingOr(isListOf(isName)),
        entityId: isMissingOr(isName),
        expiresAt: isMissingOr(isCount),
      }),
      undefined,
      { maxDepth: 4, maxProperties: 32, maxSize: 256 * 1024 },
    ),
    ended: event(
      object<{ reason: string; message: string; reconnect: boolean }>({
        reason: isText(64),
        message: (value) => typeof value === 'string',
        reconnect: isBoolean,
      }),
      undefined,
    ),
    left: event(
      object<RoomAddress & { reason: string; message: string }>({
        ...address,
        reason: isText(64),
        message: (value) => typeof value === 'string',
      }),
      undefined,
    ),
    deleted: event(
      object<RoomAddress & Required<JournalPosition>>({ ...address, epoch: isText(64), seq: isCount }),
      undefined,
    ),
    presenceChanged: createPresenceChanged(),
    streamItems: event(
      object<{ stream: string; items: unknown[] }>({ stream: isText(64), items: Array.isArray }),
      undefined,
      ITEM_BOUNDS,
    ),
    streamEnd: event(
      object<{ stream: string; error?: WireError }>({ stream: isText(64), error: isMissingOr(isError) }),
      undefined,
    ),
  };
}

/** What the events of the session carry, by the part they play: see `SessionNames`. */
export const SESSION_EVENTS = {
  clientToServer: /* @__PURE__ */ createClientToServer(),
  serverToClient: /* @__PURE__ */ createServerToClient(),
};
