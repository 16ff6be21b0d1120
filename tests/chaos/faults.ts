import type { Message, Store } from '@wirepact/server';

/** How long a commit comes after the acknowledgement it should have come before. */
const LATE_COMMIT_MS = 250;

/** Events somebody may have missed to be told of them: more than can happen while somebody joins. */
const SHORT_MEMORY = 20;

/** Tells the number a message is going to have, and stores it later. */
function acknowledgeBeforeCommit(store: Store): Store {
  const numbers = new Map<string, Promise<{ epoch: string; seq: number } | undefined>>();
  const known = new Map<string, Message>();
  const numbersOf = (channelId: string) => {
    const current = numbers.get(channelId) ?? store.getChannel(channelId).then((one) => one && { ...one });
    numbers.set(channelId, current);
    return current;
  };
  return {
    ...store,
    async appendMessage(message) {
      const current = await numbersOf(message.channelId);
      if (!current) return undefined;
      const key = `${message.channelId} ${message.senderId} ${message.clientMessageId}`;
      const first = known.get(key);
      if (first) return { repeated: true, message: first };
      current.seq += 1;
      const kept = { ...message, epoch: current.epoch, seq: current.seq };
      known.set(key, kept);
      setTimeout(() => void store.appendMessage(message).catch(() => undefined), LATE_COMMIT_MS);
      return { repeated: false, message: kept };
    },
  };
}

/** Forgets which message of its sender's one is, so that a repeat is another message. */
const noDedupe = (store: Store): Store => ({
  ...store,
  appendMessage: (message) => store.appendMessage({ ...message, clientMessageId: undefined }),
});

/** Leaves one message out of every replay. */
const replaySkipsOne = (store: Store): Store => ({
  ...store,
  async readJournal(...query) {
    const page = await store.readJournal(...query);
    if (!page) return undefined;
    const skipped = page.entries.findIndex(({ event }) => event === 'messageBroadcast');
    return { ...page, entries: page.entries.filter((_, index) => index !== skipped) };
  },
});

/** Deletes for everybody who is there, and keeps the message. */
const deletionNotKept = (store: Store): Store => ({
  ...store,
  async deleteMessage(channelId) {
    const channel = await store.updateChannel(channelId, {});
    return channel && { epoch: channel.epoch, seq: channel.seq };
  },
});

/** Takes its content from a channel that is to be deleted, and leaves the channel as it is. */
const deletionKeepsEpoch = (store: Store): Store => ({
  ...store,
  deleteChannel: (channelId) => store.clearMessages(channelId),
});

/** Says of whoever missed much that it cannot be told whole: no defect, only a short memory. */
const shortMemory = (store: Store): Store => ({
  ...store,
  async readJournal(channelId, after, bounds) {
    const page = await store.readJournal(channelId, after, bounds);
    return page && page.seq - after.seq < SHORT_MEMORY ? page : undefined;
  },
});

const FAULTS = {
  'acknowledge-before-commit': acknowledgeBeforeCommit,
  'no-dedupe': noDedupe,
  'replay-skips-one': replaySkipsOne,
  'deletion-not-kept': deletionNotKept,
  'deletion-keeps-epoch': deletionKeepsEpoch,
  'short-memory': shortMemory,
} satisfies Record<string, (store: Store) => Store>;

/** What a store is made to do otherwise: a defect, to see that the checker finds it, or a rare thing, often. */
export type Fault = keyof typeof FAULTS;

export const isFault = (name: string | undefined): name is Fault => name !== undefined && name in FAULTS;

/** The store, but with a defect. */
export const withFault = (store: Store, fault: Fault): Store => FAULTS[fault](store);
