import { WirepactError } from '@wirepact/contract';
import type { Message, Store } from '@wirepact/server';

/** Makes a store with a defect. @param meet Is called whenever it does what the defect is. */
export type MakeDefect = (store: Store, meet: () => void) => Store;

/** Events somebody may have missed to be told of them: more than can happen while somebody joins. */
const SHORT_MEMORY = 20;
/** One of so many messages meets what happens to few. */
const FEW = 20;

/** So many messages are acknowledged and not stored at any time: more than can be on their way. */
const LATE = 10;

type NewMessage = Parameters<Store['appendMessage']>[0];

const keyOf = ({ channelId, senderId, clientMessageId }: NewMessage) =>
  `${channelId} ${senderId} ${clientMessageId}`;

/**
 * Tells the number a message is going to have, and stores it when so many others have come. The first process of a
 * server only: those after it are to find out what is missing.
 */
const acknowledgeBeforeCommit: MakeDefect = (store, meet) => {
  if (process.env.CHAOS_LIFE !== '1') return store;
  const heads = new Map<string, Promise<{ epoch: string; seq: number } | undefined>>();
  const known = new Map<string, Message>();
  const late: NewMessage[] = [];
  const headOf = (channelId: string) => {
    const head = heads.get(channelId) ?? store.getChannel(channelId).then((one) => one && { ...one });
    heads.set(channelId, head);
    return head;
  };
  return {
    ...store,
    async appendMessage(message) {
      const head = await headOf(message.channelId);
      if (!head) return undefined;
      const key = keyOf(message);
      const first = known.get(key);
      if (first) return { repeated: true, message: first };
      head.seq += 1;
      const kept = { ...message, epoch: head.epoch, seq: head.seq };
      known.set(key, kept);
      late.push(message);
      meet();
      const due = late.length > LATE ? late.shift() : undefined;
      if (due) await store.appendMessage(due);
      return { repeated: false, message: kept };
    },
  };
};

/** Forgets which message of its sender's one is, so that a repeat is another message. */
const noDedupe: MakeDefect = (store, meet) => {
  const known = new Set<string>();
  return {
    ...store,
    appendMessage(message) {
      const key = keyOf(message);
      if (known.has(key)) meet();
      known.add(key);
      return store.appendMessage({ ...message, clientMessageId: undefined });
    },
  };
};

/** Leaves one message out of every replay. */
const replaySkipsOne: MakeDefect = (store, meet) => ({
  ...store,
  async readJournal(...query) {
    const page = await store.readJournal(...query);
    const skipped = page?.entries.findIndex(({ event }) => event === 'messageBroadcast') ?? -1;
    if (!page || skipped < 0) return page;
    meet();
    return { ...page, entries: page.entries.filter((_, index) => index !== skipped) };
  },
});

/** Deletes for everybody who is there, and keeps the message. */
const deletionNotKept: MakeDefect = (store, meet) => ({
  ...store,
  async deleteMessage(channelId) {
    const channel = await store.updateChannel(channelId, {});
    if (channel) meet();
    return channel && { epoch: channel.epoch, seq: channel.seq };
  },
});

/** Takes its content from a channel that is to be deleted, and leaves the channel as it is. */
const deletionKeepsEpoch: MakeDefect = (store, meet) => ({
  ...store,
  deleteChannel(channelId) {
    meet();
    return store.clearMessages(channelId);
  },
});

/** Ends the process at one of so many messages. */
const endsByItself: MakeDefect = (store, meet) => {
  let count = 0;
  return {
    ...store,
    appendMessage(message) {
      count += 1;
      if (count === FEW) {
        meet();
        setImmediate(() => {
          throw new Error('as if nobody had listened to an error');
        });
      }
      return store.appendMessage(message);
    },
  };
};

/** Never answers one of so many messages. */
const neverAnswers: MakeDefect = (store, meet) => {
  let count = 0;
  return {
    ...store,
    appendMessage(message) {
      count += 1;
      if (count !== FEW) return store.appendMessage(message);
      meet();
      return new Promise(() => undefined);
    },
  };
};

/** Hears nothing of what other processes write, and does not ask. */
const isDeaf: MakeDefect = (store, meet) => ({
  ...store,
  watch: (_listener, onGap) => store.watch?.(meet, onGap) ?? (() => undefined),
  readHeads() {
    meet();
    return Promise.reject(new WirepactError('STORE_UNAVAILABLE', 'Nothing is asked.', { retryable: true }));
  },
});

/** Reads once where a channel stands, and from then on counts by itself, as if there were no other process. */
const countsAlone: MakeDefect = (store, meet) => {
  const heads = new Map<string, number>();
  return {
    ...store,
    async appendMessage(message) {
      const appended = await store.appendMessage(message);
      if (!appended || appended.repeated) return appended;
      const { channelId, seq: stored } = appended.message;
      const seq = (heads.get(channelId) ?? stored - 1) + 1;
      heads.set(channelId, seq);
      if (seq !== stored) meet();
      return { ...appended, message: { ...appended.message, seq } };
    },
  };
};

/** Says of whoever missed much that it cannot be told whole: no defect, only a short memory. */
const shortMemory: MakeDefect = (store, meet) => ({
  ...store,
  async readJournal(channelId, after, bounds) {
    const page = await store.readJournal(channelId, after, bounds);
    if (!page || page.seq - after.seq < SHORT_MEMORY) return page;
    meet();
    return undefined;
  },
});

const FAULTS = {
  'acknowledge-before-commit': acknowledgeBeforeCommit,
  'no-dedupe': noDedupe,
  'replay-skips-one': replaySkipsOne,
  'deletion-not-kept': deletionNotKept,
  'deletion-keeps-epoch': deletionKeepsEpoch,
  'ends-by-itself': endsByItself,
  'never-answers': neverAnswers,
  'is-deaf': isDeaf,
  'counts-alone': countsAlone,
  'short-memory': shortMemory,
} satisfies Record<string, MakeDefect>;

/** What a store is made to do otherwise: a defect, to see that the checker finds it, or a rare thing, often. */
export type Fault = keyof typeof FAULTS;

export const isFault = (name: string | undefined): name is Fault => name !== undefined && name in FAULTS;

/** The store, but with a defect. @param meet Is called whenever it does what the defect is. */
export const withFault = (store: Store, fault: Fault, meet: () => void): Store => FAULTS[fault](store, meet);
