import type { Store } from '@wirepact/server';
import { toKept } from './chat-wire';
import type { JournalRecord, KeptMessage, StoredChannel } from './run-record';

const PAGE_SIZE = 500;
const PAGE = { maxEntries: PAGE_SIZE, maxBytes: Number.POSITIVE_INFINITY };

type JournalEntry = NonNullable<Awaited<ReturnType<Store['readJournal']>>>['entries'][number];

function toJournalRecord({ seq, ...entry }: JournalEntry): JournalRecord {
  switch (entry.event) {
    case 'messageBroadcast': {
      const message = toKept(entry.message);
      return { seq, event: 'sent', subject: message.text, message };
    }
    case 'messageDeleted':
      return { seq, event: 'deleted', subject: entry.messageId };
    case 'channelUpdated':
      return { seq, event: 'updated', subject: JSON.stringify(entry.updates), updates: entry.updates };
    case 'channelCleared':
      return { seq, event: 'cleared', subject: '' };
    case 'published':
      throw new Error(`The chat publishes no ${entry.name}.`);
  }
}

async function readMessages(store: Store, channelId: string): Promise<KeptMessage[]> {
  const messages: KeptMessage[] = [];
  for (;;) {
    const page = await store.listMessages(channelId, { limit: PAGE_SIZE, after: messages.at(-1)?.seq ?? 0 });
    messages.push(...page.messages.map(toKept));
    if (!page.hasMore) return messages;
  }
}

async function readJournal(store: Store, channelId: string, epoch: string): Promise<JournalRecord[]> {
  const journal: JournalRecord[] = [];
  let seq = 0;
  for (;;) {
    const page = await store.readJournal(channelId, { epoch, seq }, PAGE);
    if (!page) throw new Error(`The journal of ${channelId} cannot be read from its beginning.`);
    journal.push(...page.entries.map(toJournalRecord));
    if (!page.hasMore) return journal;
    ({ seq } = page);
  }
}

/** All of a channel; `undefined` where there is none. */
export async function readStoredChannel(store: Store, id: string): Promise<StoredChannel | undefined> {
  const channel = await store.getChannel(id);
  if (!channel) return undefined;
  const { epoch, seq, properties } = channel;
  const messages = await readMessages(store, id);
  return { epoch, seq, properties, messages, journal: await readJournal(store, id, epoch) };
}
