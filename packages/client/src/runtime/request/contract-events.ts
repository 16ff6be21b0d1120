import type { Contract, EventErrorOf, ItemOf, PayloadOf, ReplyOf } from '@wirepact/contract/runtime';
import type { ClientError } from '../base/client-errors';

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

/** What a client answers to the event `Name` of the server. */
export type EventReply<C extends Contract, Name extends EventName<C>> = ReplyOf<C['serverToClient'][Name]>;

/** One item of the stream that the event `Name` is answered with. */
export type StreamItem<C extends Contract, Name extends RequestName<C>> = ItemOf<C['clientToServer'][Name]>;

/** An error that a request of the event `Name` may fail with: its own, the pipeline's and the client's. */
export type RequestError<C extends Contract, Name extends RequestName<C>> =
  | EventErrorOf<C, Name>
  | ClientError;
