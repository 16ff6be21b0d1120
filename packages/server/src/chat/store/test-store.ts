import { onTestFinished } from 'vitest';
import type { StoredBounds } from '../../runtime/ports/event-store';
import type { JournalPage, MessagePage, NewStoredChannel, NewStoredMessage, Store } from '../ports/store';
import { createMessage } from './test-message';

/** Opens an empty store. */
export type OpenStore = (options: StoreSuiteOptions) => Promise<Store>;

/** What the suite asks of a store's factory. */
export interface StoreSuiteOptions {
  readonly idempotencyMs?: number;
  readonly maxPropertiesBytes?: number;
}

/** The channel that most of it is about. */
export const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';
const SERVER = '00000000-0000-0000-0000-000000000000';

export const channel = (id = CHANNEL): NewStoredChannel => ({
  id,
  serverId: SERVER,
  properties: {},
  agentIds: [],
  createdAt: 1,
});

export const message = (number: number, fields: Partial<NewStoredMessage> = {}) =>
  createMessage(CHANNEL, number, { serverId: SERVER, text: `message ${number}`, ...fields });

export const texts = ({ messages }: MessagePage) => messages.map(({ text }) => text);

/** Bounds of a part of a journal. */
export const upTo = (maxEntries: number, maxBytes = 1_000_000): StoredBounds => ({ maxEntries, maxBytes });

/** What is different in a journal: `+1` a message with the number 1, `-1` its deletion. */
export const outline = (page: JournalPage | undefined) =>
  page?.entries.map((entry) => {
    if (entry.event === 'messageBroadcast') return `${entry.seq} +${entry.message.text.slice(8)}`;
    if (entry.event === 'messageDeleted') return `${entry.seq} -${Number(entry.messageId.slice(-12))}`;
    return `${entry.seq} ${entry.event}`;
  });

export const epochOf = async (store: Store) => (await store.getChannel(CHANNEL))?.epoch ?? '';

/** An empty store that is closed when the test ends. */
export async function createStore(openStore: OpenStore, options: StoreSuiteOptions = {}): Promise<Store> {
  const store = await openStore(options);
  onTestFinished(() => store.close());
  return store;
}

/** A store with a channel of five messages. */
export async function createFilledStore(openStore: OpenStore): Promise<Store> {
  const store = await createStore(openStore);
  await store.createChannel(channel());
  for (const number of [1, 2, 3, 4, 5]) await store.appendMessage(message(number));
  return store;
}
