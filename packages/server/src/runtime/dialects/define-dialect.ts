import {
  type Ack,
  type Contract,
  type EventRegistry,
  type PayloadOf,
  type ReplyOf,
  type RequestNames,
  type SESSION_EVENTS,
  SESSION_NAMES,
  WirepactError,
} from '@wirepact/contract/runtime';
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

const invalid = (message: string) => new WirepactError('INVALID_OPTIONS', message);

/** Names that no event has would never be mapped. */
function checkSent({ name, serverToClient }: Contract, dialect: string, send: object): void {
  const session: readonly string[] = Object.values(SESSION_NAMES);
  for (const event of Object.keys(send)) {
    if (Object.hasOwn(serverToClient, event) || session.includes(event)) continue;
    throw invalid(`The dialect ${dialect} maps \`${event}\`, which ${name} does not send.`);
  }
}

/**
 * Another wire for a contract, for clients that were there before it: give it to a server as one of its `dialects`. It maps
 * events to and from the contract's; what they do, who may send them and what is kept of them is the same for everybody.
 *
 * @throws WirepactError `INVALID_OPTIONS` where its name cannot be one, or it maps what the contract does not send.
 *
 * @example
 * const legacy = defineDialect(board, {
 *   name: 'legacy',
 *   receive: { 'card move': ([card]) => ({ event: 'move_card', payload: { cardId: fieldOf(card, 'id') } }) },
 *   send: { cardMoved: ({ cardId }) => [['card moved', { id: cardId }]] },
 * });
 */
export function defineDialect<const C extends Contract>(
  contract: C,
  { name, speaks = () => false, receive, send }: DialectDefinition<C>,
): Dialect {
  if (!NAME.test(name))
    throw invalid(
      `A dialect's name has letters, digits and hyphens, not ${JSON.stringify(String(name).slice(0, 100))}.`,
    );
  checkSent(contract, name, send);
  // Each mapping is only given payloads of the event it is named after, which no type can follow.
  return { name, contract, speaks, receive, send: send as Dialect['send'] };
}
