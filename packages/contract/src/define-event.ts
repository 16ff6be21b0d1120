import { checkOptions } from './check-options';
import { listDeprecatedFields } from './deprecated-fields';
import { type DurableSchemaOf, withPosition } from './durable-payload';
import { WirepactError } from './error';
import {
  DEFAULT_BOUNDS,
  type Durable,
  type EventDefinition,
  type InRoom,
  type Keyed,
  type PayloadBounds,
  type Room,
  type Streamed,
  type StreamResume,
  UNDECLARED_BOUNDS,
} from './event';
import type { PayloadSchema } from './payload-schema';
import { listPropertyNames } from './property-names';
import { type SchemaLike, toPayloadSchema, type ValueOf } from './schema-like';

/** What an event carries for what it was declared with. */
type SchemaOf<Declared extends SchemaLike | undefined> = Declared extends SchemaLike
  ? PayloadSchema<ValueOf<Declared>>
  : undefined;

/** What {@link defineEvent} takes. The fields stand in this order in every event file. */
export interface EventOptions<
  Payload extends SchemaLike | undefined = SchemaLike | undefined,
  Reply extends SchemaLike | undefined = SchemaLike | undefined,
  Code extends string = string,
  Item extends SchemaLike | undefined = SchemaLike | undefined,
  IsDurable extends boolean = boolean,
  Key extends string | undefined = string | undefined,
  RoomName extends string = string,
> {
  /** What the event is for, in one to three sentences. Reaches editors, schemas and documents. */
  readonly description: string;
  /** Schema of the event's one argument, by TypeBox or any Standard Schema; left out where it carries none. */
  readonly payload?: Payload;
  /**
   * Schema of a successful acknowledgement's `data`; left out where there is nothing to tell. Of a server-to-client event:
   * what a client answers with when the server asks it.
   */
  readonly reply?: Reply;
  /** Codes of the contract's registry this event may fail with, beside those that any event may fail with. Default: none. */
  readonly errors?: readonly Code[];
  /** Schema of the items that a client-to-server event answers with, one after the other, in place of a reply. */
  readonly stream?: Item;
  /** How a stream goes on after a lost connection. Default: it ends with the connection. */
  readonly resume?: StreamResume;
  /**
   * Whether a server-to-client event is kept in the journal of its room, and brought to every member once and in order.
   * Its payload then says where it stands: `epoch` and `seq` are added where they are not declared. Default `false`.
   */
  readonly durable?: IsDurable;
  /**
   * Property of the payload that names a send: a client repeats a client-to-server event whose answer was lost, and it
   * takes place once. Of a durable event: the property that tells whoever sent it which of its sends this is.
   */
  readonly key?: Key;
  /**
   * Bounds on the payload. What is left out is as in `DEFAULT_BOUNDS`; without a payload as in `UNDECLARED_BOUNDS`, for
   * whatever is sent in its place before it is dropped.
   */
  readonly limits?: Partial<PayloadBounds>;
  /** Payloads that are valid. Default: none. */
  readonly examples?: readonly (Payload extends SchemaLike ? ValueOf<Payload> : undefined)[];
  /** Version of the contract that first had the event. Default `'1.0'`. */
  readonly since?: string;
  /** What to use instead, where the event should no longer be used. */
  readonly deprecated?: string;
  /** The room it belongs to; left out for events of the connection itself. Permission to send it is about this room. */
  readonly room?: Room<RoomName>;
  /** Property of the payload that names who acts: `entityId`. Left out where the payload names nobody. */
  readonly actor?: string;
}

/** Every option there is; the compiler asks for those that are forgotten. */
const EVENT_OPTIONS: Readonly<Record<keyof EventOptions, true>> = {
  description: true,
  payload: true,
  reply: true,
  errors: true,
  stream: true,
  resume: true,
  durable: true,
  key: true,
  limits: true,
  examples: true,
  since: true,
  deprecated: true,
  room: true,
  actor: true,
};

function checkLimits(place: string, limits: Partial<PayloadBounds> = {}): void {
  checkOptions(`${place}, limits`, limits, DEFAULT_BOUNDS);
  const wrong = Object.entries(limits).find(([, limit]) => !Number.isSafeInteger(limit) || limit < 0);
  if (!wrong) return;
  throw new WirepactError(
    'INVALID_CONTRACT',
    `${place}: the limit ${wrong[0]} takes a whole number that is not negative, not ${String(wrong[1])}.`,
  );
}

/** Checks that the properties which an event's declaration speaks of are in the payload, as far as its schema tells. */
function checkSubject(
  { description, room, actor, key, resume }: EventOptions,
  payload: PayloadSchema | undefined,
): void {
  const known = payload && listPropertyNames(payload);
  const parts: [role: string, name: string | undefined][] = [
    ['name the room', room?.property],
    ['name the room', room?.fallback],
    ['name who acts', actor],
    ['name the send', key],
    ['say where a stream begins', resume?.payload],
  ];
  for (const [role, name] of parts) {
    if (name === undefined || (payload && known?.has(name) !== false)) continue;
    throw new WirepactError(
      'INVALID_CONTRACT',
      `event ${JSON.stringify(description)}: \`${name}\` is to ${role}, and the payload has no such property.`,
    );
  }
}

/** Checks that what an event answers with and how it is delivered go together. */
function checkDelivery({ description, reply, stream, resume, durable, room }: EventOptions): void {
  const refuse = (problem: string) =>
    new WirepactError('INVALID_CONTRACT', `event ${JSON.stringify(description)}: ${problem}`);
  if (stream && reply) throw refuse('it answers with a `reply` or with a `stream`, not with both.');
  if (resume && !stream) throw refuse('`resume` is about a stream, and the event has none.');
  if (durable && !room) throw refuse('a durable event is kept by its room: name the `room` it belongs to.');
  if (durable && reply) throw refuse('a durable event is told to many, so it has no `reply`.');
}

/**
 * Declares one event of a contract. A schema says what is on the wire and changes nothing: defaults and
 * transforms of a Standard Schema are not applied. (The types come from the options alone, not from where the
 * event is put: `NoInfer`.)
 *
 * @throws WirepactError `INVALID_CONTRACT` where `payload`, `reply` or `stream` is no schema that a contract may have,
 * where `room`, `actor`, `key` or `resume` names a property that the payload does not have, or where the options do not
 * go together.
 *
 * @example
 * const move_card = defineEvent({
 *   description: 'Move a card to another column.',
 *   payload: Type.Object({ cardId: Type.String(), column: Type.String() }),
 *   reply: Type.Object({ position: Type.Integer() }),
 * });
 */
export function defineEvent<
  Payload extends SchemaLike | undefined = undefined,
  Reply extends SchemaLike | undefined = undefined,
  const Code extends string = never,
  Item extends SchemaLike | undefined = undefined,
  const IsDurable extends boolean = false,
  const Key extends string | undefined = undefined,
  const RoomName extends string = never,
>(
  options: EventOptions<Payload, Reply, Code, Item, IsDurable, Key, RoomName>,
): EventDefinition<
  NoInfer<IsDurable extends true ? DurableSchemaOf<Payload> : SchemaOf<Payload>>,
  NoInfer<SchemaOf<Reply>>,
  NoInfer<Code>
> &
  (Item extends SchemaLike ? Streamed<NoInfer<ValueOf<Item>>> : unknown) &
  (IsDurable extends true ? Durable : unknown) &
  (Key extends string ? Keyed : unknown) &
  ([RoomName] extends [never] ? unknown : InRoom<NoInfer<RoomName>>);
export function defineEvent(options: EventOptions): EventDefinition {
  const place = `event ${JSON.stringify(Object(options).description)}`;
  checkOptions(place, options, EVENT_OPTIONS);
  checkLimits(place, options.limits);
  checkDelivery(options);
  const read = (schema: SchemaLike | undefined, part: string) =>
    schema === undefined ? undefined : toPayloadSchema(schema, `${place}, ${part}`);
  const declared = options.durable ? withPosition(options.payload, place) : options.payload;
  const payload = read(declared, 'payload');
  checkSubject(options, payload);
  return {
    description: options.description,
    payload,
    reply: read(options.reply, 'reply'),
    errors: options.errors ?? [],
    stream: read(options.stream, 'stream'),
    resume: options.resume,
    durable: options.durable,
    key: options.key,
    limits: { ...(payload ? DEFAULT_BOUNDS : UNDECLARED_BOUNDS), ...options.limits },
    examples: options.examples ?? [],
    since: options.since ?? '1.0',
    room: options.room,
    actor: options.actor,
    deprecated: options.deprecated,
    deprecatedFields: payload?.declaration && listDeprecatedFields(payload.declaration.json),
  };
}
