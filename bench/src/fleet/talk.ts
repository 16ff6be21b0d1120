import { join, sendMessage, TEXT } from '../chat-load';
import type { Variant } from '../variant';
import type { WireClient } from '../wire-client';

/** What is said in rooms, and by which servers it is passed on. */
export interface Talk {
  readonly name: string;
  readonly node: Variant;
  /** Whether what is said is kept in a PostgreSQL. */
  readonly isStored: boolean;
  readonly enter: (client: WireClient, roomId: string) => Promise<void>;
  readonly say: (client: WireClient, roomId: string, done: (error?: Error) => void) => void;
  /** How a frame begins that has what was said. */
  readonly heard: string;
}

/** Nothing is kept: what is said goes through what joins the processes. */
export const relayed: Talk = {
  ...{ name: 'relayed', node: 'relay', isStored: false },
  enter: (client, room) => client.requestOnce('enter', { room }),
  say: (client, room, done) => client.request('say', { room, text: TEXT }, done),
  heard: '42["said"',
};

/** The chat's messages: kept in a PostgreSQL, which tells the other processes. */
export const stored: Talk = {
  ...{ name: 'stored', node: 'node', isStored: true },
  ...{ enter: join, say: sendMessage },
  heard: '42["messageBroadcast"',
};
