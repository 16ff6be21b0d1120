import type { Message, Store } from '@wirepact/server';
import { toSubject } from './chaos-client';
import { nameOfText } from './chaos-text';
import type { JournalRecord, KeptMessage, StoredChannel } from './run-record';

const PAGE_SIZE = 500;
const PAGE = { maxEntries: PAGE_SIZE, maxBytes: Number.POSITIVE_INFINITY };

type JournalEntry = NonNullable<Awaited<ReturnType<Store['readJournal']>>>['entries'][number];

const toKept = ({ id, seq, senderId, text }: Message): KeptMessage => ({
  ...{ id, seq, senderId, text: nameOfText(text) },
});

function toJournalRecord(entry: JournalEntry): JournalRecord {
  const { seq, event } = entry;
  if (event === 'messageBroadcast')
    return { seq, event, subject: nameOfText(entry.message.text), message: toKept(entry.message) };
  if (event === 'channelUpdated')
    return { seq, event, subject: toSubject(event, entry), updates: entry.updates };
  if (event === 'published') throw new Error(`The chat publishes no ${entry.name}.`);
  return { seq, event, subject: toSubject(event, event === 'messageDeleted' ? entry : {}) };
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

/** Reads all of these channels from a store that no server uses any more, and closes it. */
export async function readStoredChannels(
  store: Store,
  channelIds: readonly string[],
): Promise<Map<string, StoredChannel>> {
  const stored = new Map<string, StoredChannel>();
  try {
    for (const id of channelIds) {
      const channel = await store.getChannel(id);
      if (!channel) continue;
      const { epoch, seq, properties } = channel;
      const messages = await readMessages(store, id);
      stored.set(id, { epoch, seq, properties, messages, journal: await readJournal(store, id, epoch) });
    }
    return stored;
  } finally {
    await store.close();
  }
}
