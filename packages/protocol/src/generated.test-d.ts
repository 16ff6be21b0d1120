import type {
  ClientToServerEventsOf,
  ClientToServerRequestsOf,
  ContractEvent,
  EventRegistry,
  PayloadOf,
  ReplyOf,
  ServerToClientEventsOf,
} from '@wirepact/contract/runtime';
import type * as built from './index';
import type { protocol as definition } from './protocol';

/** The types that are published are those that were declared, field by field and in both directions. */

/** Writes an object type out, so that `A & B` and an interface of both compare as the same. */
type Written<T> = T extends object ? { [Name in keyof T]: Written<T[Name]> } : T;
type Equal<Left, Right> =
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;
type Mutual<Left, Right> = [Left] extends [Right] ? ([Right] extends [Left] ? true : false) : false;
const is = <_ extends true>() => undefined;

type Payloads<Events extends EventRegistry> = {
  -readonly [Name in keyof Events]: Written<PayloadOf<Events[Name]>>;
};
type Replies<Events extends EventRegistry> = {
  -readonly [Name in keyof Events]: Written<ReplyOf<Events[Name]>>;
};

type Built = built.Protocol;
type Declared = typeof definition;

is<Equal<Payloads<Built['clientToServer']>, Payloads<Declared['clientToServer']>>>();
is<Equal<Replies<Built['clientToServer']>, Replies<Declared['clientToServer']>>>();
is<Equal<Payloads<Built['serverToClient']>, Payloads<Declared['serverToClient']>>>();

is<Mutual<built.ClientToServerEvents, ClientToServerEventsOf<Declared>>>();
is<Mutual<built.ClientToServerRequests, ClientToServerRequestsOf<Declared>>>();
is<Mutual<built.ServerToClientEvents, ServerToClientEventsOf<Declared>>>();

// The comparison can fail: an optional field, one more field, another event.
type Changed = { readonly leave_channel: ContractEvent<undefined, undefined> };
// @ts-expect-error an event without its payload
is<Equal<Payloads<Changed>, Payloads<Pick<Declared['clientToServer'], 'leave_channel'>>>>();
// @ts-expect-error an event is missing
is<Equal<Payloads<Omit<Built['clientToServer'], 'heartbeat'>>, Payloads<Declared['clientToServer']>>>();
