import { toPointerToken } from '@wirepact/contract/tools';
import { ComponentKeys } from './component-keys';
import type { EventParts } from './event-parts';

/** Key of the channel that is the connection itself. */
export const ROOT_CHANNEL = 'root';

/** Rooms have no name on the wire: it is in the payload of their events. */
type Rooms = ReadonlyMap<string, readonly EventParts[]>;

function groupByRoom(events: readonly EventParts[]): Rooms {
  const rooms = new Map<string, EventParts[]>();
  for (const parts of events) {
    const name = parts.event.room?.name;
    if (name !== undefined) rooms.set(name, [...(rooms.get(name) ?? []), parts]);
  }
  return rooms;
}

const toMessageReferences = (keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, { $ref: `#/components/messages/${key}` }]));

/** How a Socket.IO client opens its WebSocket. */
const HANDSHAKE = {
  method: 'GET',
  query: {
    type: 'object',
    required: ['EIO', 'transport'],
    properties: { EIO: { const: '4' }, transport: { const: 'websocket' } },
  },
  bindingVersion: '0.1.0',
};

const toRoot = (keys: readonly string[]) => ({
  address: '/',
  title: 'The connection',
  description: 'Events of one connection alone, and every acknowledgement: they go to no room.',
  messages: toMessageReferences(keys),
  bindings: { ws: HANDSHAKE },
});

function toParameter(name: string, events: readonly EventParts[]) {
  const rooms = events.flatMap(({ event }) => event.room ?? []);
  const properties = [
    ...new Set(rooms.flatMap(({ property, fallback }) => [property, fallback ?? []].flat())),
  ];
  const [only = '', second] = properties;
  return {
    description: `Names the ${name}: the payload’s ${properties.map((property) => `\`${property}\``).join(' or ')}.`,
    ...(second === undefined && { location: `$message.payload#/${toPointerToken(only)}` }),
  };
}

const toRoom = (name: string, key: string, events: readonly EventParts[]) => ({
  address: `{${key}}`,
  title: `A ${name}`,
  description: `Events that belong to one ${name}. Rooms share the connection; their events name them.`,
  parameters: { [key]: toParameter(name, events) },
  messages: toMessageReferences(events.map((parts) => parts.key)),
});

/** The channels of a document. */
export interface Channels {
  readonly channels: Record<string, unknown>;
  /** Key of the channel that an event is on. */
  readonly channelOf: (parts: EventParts) => string;
}

/** A channel for the connection, and one for each kind of room, a parameter of which names the room. */
export function toChannels(events: readonly EventParts[]): Channels {
  const keys = new ComponentKeys();
  keys.add(ROOT_CHANNEL);
  const rooms = groupByRoom(events);
  const roomKeys = keys.addAll([...rooms.keys()]);
  const keyOf = (name: string) => roomKeys.get(name) ?? ROOT_CHANNEL;
  const own = events.filter(({ event }) => event.room === undefined).map(({ key }) => key);
  const answers = new Set(events.flatMap(({ answerKeys }) => answerKeys));
  const root = toRoot([...own, ...answers]);
  return {
    channels: {
      ...(events.length > 0 && { [ROOT_CHANNEL]: root }),
      ...Object.fromEntries(
        [...rooms].map(([name, inside]) => [keyOf(name), toRoom(name, keyOf(name), inside)]),
      ),
    },
    channelOf: ({ event }) => (event.room ? keyOf(event.room.name) : ROOT_CHANNEL),
  };
}
