import { checkOptions } from './check-options';
import { listDeprecatedFields } from './deprecated-fields';
import { WirepactError } from './error';
import {
  DEFAULT_BOUNDS,
  type EventDefinition,
  type PayloadBounds,
  type Room,
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
export interface EventOptions<Payload extends SchemaLike | undefined, Reply extends SchemaLike | undefined> {
  /** What the event is for, in one to three sentences. Reaches editors, schemas and documents. */
  readonly description: string;
  /** Schema of the event's one argument, by TypeBox or any Standard Schema; left out where it carries none. */
  readonly payload?: Payload;
  /** Schema of a successful acknowledgement's `data`; left out where there is nothing to tell. */
  readonly reply?: Reply;
  /** Codes of the contract's registry this event may fail with, beside those that any event may fail with. Default: none. */
  readonly errors?: readonly string[];
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
  readonly room?: Room;
  /** Property of the payload that names who acts: `entityId`. Left out where the payload names nobody. */
  readonly actor?: string;
}

/** Every option there is; the compiler asks for those that are forgotten. */
const EVENT_OPTIONS: Readonly<Record<keyof EventOptions<undefined, undefined>, true>> = {
  ...{ description: true, payload: true, reply: true, errors: true, limits: true, examples: true },
  ...{ since: true, deprecated: true, room: true, actor: true },
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

/** What an event is about, as it is declared. */
type Subject = Pick<EventOptions<undefined, undefined>, 'description' | 'room' | 'actor'>;

/** Checks that the properties which name the room and who acts are in the payload, as far as its schema tells. */
function checkSubject({ description, room, actor }: Subject, payload: PayloadSchema | undefined): void {
  const known = payload && listPropertyNames(payload);
  const isMissing = (name: string | undefined) =>
    name !== undefined && (payload === undefined || known?.has(name) === false);
  const missing = [room?.property, room?.fallback, actor].find(isMissing);
  if (missing === undefined) return;
  throw new WirepactError(
    'INVALID_CONTRACT',
    `event ${JSON.stringify(description)}: \`${missing}\` is to name ${missing === actor ? 'who acts' : 'the room'}, and the payload has no such property.`,
  );
}

/**
 * Declares one event of a contract. A schema says what is on the wire and changes nothing: defaults and
 * transforms of a Standard Schema are not applied. (The types come from the options alone, not from where the
 * event is put: `NoInfer`.)
 *
 * @throws WirepactError `INVALID_CONTRACT` where `payload` or `reply` is no schema that a contract may have, or where
 * `room` or `actor` names a property that the payload does not have.
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
>(
  options: EventOptions<Payload, Reply>,
): EventDefinition<NoInfer<SchemaOf<Payload>>, NoInfer<SchemaOf<Reply>>>;
export function defineEvent(
  options: EventOptions<SchemaLike | undefined, SchemaLike | undefined>,
): EventDefinition {
  const place = `event ${JSON.stringify(Object(options).description)}`;
  checkOptions(place, options, EVENT_OPTIONS);
  const { description, reply } = options;
  checkLimits(place, options.limits);
  const read = (schema: SchemaLike | undefined, part: string) =>
    schema === undefined ? undefined : toPayloadSchema(schema, `${place}, ${part}`);
  const payload = read(options.payload, 'payload');
  checkSubject(options, payload);
  return {
    description,
    payload,
    reply: read(reply, 'reply'),
    errors: options.errors ?? [],
    limits: { ...(payload ? DEFAULT_BOUNDS : UNDECLARED_BOUNDS), ...options.limits },
    examples: options.examples ?? [],
    since: options.since ?? '1.0',
    room: options.room,
    actor: options.actor,
    deprecated: options.deprecated,
    deprecatedFields: payload?.declaration && listDeprecatedFields(payload.declaration.json),
  };
}
