import {
  type Ack,
  type Contract,
  type EventRegistry,
  type PayloadOf,
  type ReplyOf,
  type RequestNames,
  type SESSION_EVENTS,
  SESSION_NAMES,
} from '@wirepact/contract/runtime';
import { checkContract } from '../contract-check';
import { aFunction, type Check, checkOptions, invalidOption, isObject, must } from '../option-checks';
import type { Acknowledge, Dialect, DialectClient, WireEvent } from '../ports/dialect';
import type { Handshake } from '../ports/identity';

type SessionEvents<Side extends keyof typeof SESSION_EVENTS> = {
  [Part in keyof (typeof SESSION_EVENTS)[Side] &
    keyof typeof SESSION_NAMES as (typeof SESSION_NAMES)[Part]]: (typeof SESSION_EVENTS)[Side][Part];
};

/** A payload whose values nobody has checked yet; its properties are those of the contract. */
export type UncheckedPayload<Payload> = Payload extends object
  ? { readonly [Name in keyof Payload]?: unknown }
  : undefined;

type MappedTo<Events extends EventRegistry> = {
  readonly [Name in RequestNames<Events>]: {
    readonly event: Name;
    readonly answer?: (ack: Ack<ReplyOf<Events[Name]>>, acknowledge: Acknowledge) => void;
  } & (undefined extends PayloadOf<Events[Name]>
    ? { readonly payload?: undefined }
    : { readonly payload: UncheckedPayload<PayloadOf<Events[Name]>> });
}[RequestNames<Events>];

/** What an event of a client's is in a contract: one of its events that has no stream, or of the session. */
export type DialectEvent<C extends Contract> =
  | MappedTo<C['clientToServer']>
  | MappedTo<SessionEvents<'clientToServer'>>;

type SentFor<Events extends EventRegistry> = {
  readonly [Name in keyof Events as [Events[Name]['reply']] extends [undefined] ? Name : never]?: (
    payload: PayloadOf<Events[Name]>,
    client: DialectClient | undefined,
  ) => readonly WireEvent[];
};

/** What a dialect is made of. What it does not name is as in the contract, in both directions. */
export interface DialectDefinition<C extends Contract> {
  /** Short and unique on a server: letters, digits and hyphens. */
  readonly name: string;
  /**
   * Whether a client that connects speaks it, as far as its handshake tells. A client of which nobody knows speaks the
   * dialect of its first event that only a dialect has. Default: nobody is known by the handshake.
   */
  readonly speaks?: (handshake: Handshake) => boolean;
  /**
   * What each event of its clients is in the contract, by its name on their wire. Arguments are whatever was sent; what the
   * contract says of the payload is checked afterwards. `undefined`, or an error thrown, leaves the event as it came: one
   * that the contract does not have is refused with UNKNOWN_EVENT.
   */
  readonly receive: Readonly<
    Record<string, (args: readonly unknown[], client: DialectClient) => DialectEvent<C> | undefined>
  >;
  /**
   * What its clients are sent for an event of the contract or of the session, by its name there: any number of events, or
   * none. `client` is who it goes to; `undefined` where it goes to a room, and is made once for all who are in it.
   */
  readonly send: SentFor<C['serverToClient']> & SentFor<SessionEvents<'serverToClient'>>;
}

const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/i;

const functions = must(
  (value) => isObject(value) && Object.values(value).every((one) => typeof one === 'function'),
  'an object with a function for each event',
);

const CHECKS: Readonly<Record<keyof DialectDefinition<Contract>, Check>> = {
  name: must(
    (value) => typeof value === 'string' && NAME.test(value),
    'a text of letters, digits and hyphens, 63 at most',
  ),
  speaks: aFunction,
  receive: functions,
  send: functions,
};

/** What JavaScript may pass in its place. */
function checkDefinition(contract: unknown, definition: unknown): void {
  checkContract(contract);
  checkOptions(definition, CHECKS);
  for (const name of ['name', 'receive', 'send'])
    if (Reflect.get(definition, name) === undefined)
      throw invalidOption(`\`${name}\` of a dialect is missing.`);
}

/** Names that no event has would never be mapped. */
function checkSent({ name, serverToClient }: Contract, dialect: string, send: object): void {
  const session: readonly string[] = Object.values(SESSION_NAMES);
  for (const event of Object.keys(send)) {
    if (Object.hasOwn(serverToClient, event) || session.includes(event)) continue;
    throw invalidOption(`The dialect ${dialect} maps \`${event}\`, which ${name} does not send.`);
  }
}

/**
 * Another wire for a contract, for clients that were there before it: give it to a server as one of its `dialects`. It maps
 * events to and from the contract's; what they do, who may send them and what is kept of them is the same for everybody.
 *
 * @throws WirepactError `INVALID_OPTIONS` where it is none, or maps what the contract does not send.
 *
 * @example
 * const legacy = defineDialect(board, {
 *   name: 'legacy',
 *   receive: { 'card move': ([card]) => ({ event: 'move_card', payload: { cardId: fieldsOf(card).id } }) },
 *   send: { cardMoved: ({ cardId }) => [['card moved', { id: cardId }]] },
 * });
 */
export function defineDialect<const C extends Contract>(
  contract: C,
  definition: DialectDefinition<C>,
): Dialect {
  checkDefinition(contract, definition);
  const { name, speaks = () => false, receive, send } = definition;
  checkSent(contract, name, send);
  // Each mapping is only given payloads of the event it is named after, which no type can follow.
  return { name, contract, speaks, receive, send: send as Dialect['send'] };
}
