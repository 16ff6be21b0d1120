import type { Contract, PayloadOf, ReplyOf } from '@wirepact/contract/runtime';

/** Names of the events a client sends. */
export type RequestName<C extends Contract> = keyof C['clientToServer'] & string;

/** What a client sends with the event `Name`; `undefined` where it carries nothing. */
export type RequestPayload<C extends Contract, Name extends RequestName<C>> = PayloadOf<
  C['clientToServer'][Name]
>;

/** What the server answers to the event `Name`; `null` where the contract defines no reply. */
export type RequestReply<C extends Contract, Name extends RequestName<C>> = ReplyOf<
  C['clientToServer'][Name]
>;

/** Names of the events a server sends. */
export type EventName<C extends Contract> = keyof C['serverToClient'] & string;

/** What the event `Name` carries. */
export type EventPayload<C extends Contract, Name extends EventName<C>> = PayloadOf<
  C['serverToClient'][Name]
>;

/** Names of the events with which a server asks a client: those that have a reply. */
export type AskedName<C extends Contract> = {
  [Name in EventName<C>]: undefined extends C['serverToClient'][Name]['reply'] ? never : Name;
}[EventName<C>];

/** What a client answers to the event `Name` of the server. */
export type EventReply<C extends Contract, Name extends EventName<C>> = ReplyOf<C['serverToClient'][Name]>;
