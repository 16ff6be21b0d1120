import type { Contract, PayloadOf, ReplyOf } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';

/** The chat protocol under a short name, so that editors show `ChatClient<ChatProtocol>`. */
export interface ChatProtocol extends Protocol {}

/** A contract a chat client can speak: the chat protocol, or one that extends it. */
export type ChatContract = Contract<Protocol['clientToServer'], Protocol['serverToClient']>;

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

/** Names of the events that belong to one channel: their payload has a `channelId` or a `roomId`. */
export type ChannelEventName<C extends Contract> = keyof C['serverToClient'] & ChannelEvents<C>[EventName<C>];

type ChannelEvents<C extends Contract> = {
  [Name in EventName<C>]: EventPayload<C, Name> extends { channelId: string } | { roomId: string }
    ? Name
    : never;
};
