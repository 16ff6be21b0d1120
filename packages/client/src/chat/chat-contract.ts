import type { ConnectionNames, Contract, Durable, NamesInRoom, RoomNames } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import { invalidOptions } from '../runtime/base/client-errors';
import type { EventName, EventPayload } from '../runtime/request/contract-events';

/** The chat protocol under a short name, so that editors show `ChatClient<ChatProtocol>`. */
export interface ChatProtocol extends Protocol {}

/** A contract a chat client can speak: the chat protocol, or one that extends it. */
export type ChatContract = Contract<Protocol['clientToServer'], Protocol['serverToClient']>;

/** Names of the events that belong to one channel: they declare it, or their payload has a `channelId` or a `roomId`. */
export type ChannelEventName<C extends Contract> = keyof C['serverToClient'] & ChannelEvents<C>[EventName<C>];

type ChannelEvents<C extends Contract> = {
  [Name in EventName<C>]: Name extends NamesInRoom<C['serverToClient'], 'channel'>
    ? Name
    : C['serverToClient'][Name] extends Durable
      ? never
      : EventPayload<C, Name> extends { channelId: string } | { roomId: string }
        ? Name
        : never;
};

/** Names of the kinds of rooms that an extension has besides the chat's channels. */
export type OwnRoomName<C extends Contract> = Exclude<RoomNames<C>, 'channel'> & string;

/**
 * Refuses the chat's channels, which are joined in another way.
 * @throws WirepactError `INVALID_OPTIONS`
 */
export function checkOwnRoom(room: string): void {
  if (room !== 'channel') return;
  throw invalidOptions(`channel("${room}", …): use \`join\` for the chat's channels.`);
}

/** The events of the session that the chat protocol has itself. */
export const CHAT_NAMES: ConnectionNames = {
  heartbeat: 'heartbeat',
  authenticate: 'authenticate',
  established: 'connection_established',
  ended: 'connection_ended',
};
