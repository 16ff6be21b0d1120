import { randomUUID } from 'node:crypto';
import { WirepactError } from '@wirepact/contract';
import type { Message, NewStoredEvent, Store } from '@wirepact/server';
import { answersTwice, leavesLostTurns, losesAnswers, neverEnds } from './answer-faults';
import { createEarlyAnswers } from './early-answers';
import type { Position } from './run-record';

/** Makes a store with a defect. @param meet Is called whenever it does what the defect is. */
export type MakeDefect = (store: Store, meet: () => void) => Store;

/** Events somebody may have missed to be told of them: more than can happen while somebody joins. */
const SHORT_MEMORY = 20;
/** One of so many messages meets what happens to few. */
const FEW = 20;

type NewMessage = Parameters<Store['appendMessage']>[0];

const keyOf = ({ channelId, senderId, clientMessageId }: NewMessage) =>
  `${channelId} ${senderId} ${clientMessageId}`;

/** An event without a key is no other's repeat. */
const eventKeyOf = (channelId: string, { name, actor, key = randomUUID() }: NewStoredEvent) =>
  `${channelId} ${name} ${actor} ${key}`;

/** Acknowledges messages before they are stored. The first process of a server only: the next one finds what is missing. */
const acknowledgeBeforeCommit: MakeDefect = (store, meet) => {
  if (process.env.CHAOS_LIFE !== '1') return store;
  const answer = createEarlyAnswers<Message>(meet);
  return {
    ...store,
    appendMessage: (message) =>
      answer({
        ...{ channelId: message.channelId, key: keyOf(message) },
        readHead: () => store.getChannel(message.channelId),
        keep: () => store.appendMessage(message),
        toKept: (position) => ({ ...message, ...position }),
      }).then((early) => early && { repeated: early.repeated, message: early.kept }),
  };
};

/** As {@link acknowledgeBeforeCommit}, for events of any contract: members have them before they are kept. */
const publishBeforeCommit: MakeDefect = (store, meet) => {
  if (process.env.CHAOS_LIFE !== '1') return store;
  const answer = createEarlyAnswers<Position>(meet);
  return {
    ...store,
    appendEvent: (channelId, event) =>
      answer({
        ...{ channelId, key: eventKeyOf(channelId, event) },
        readHead: async () => (await store.readHeads([channelId])).get(channelId),
        keep: () => store.appendEvent(channelId, event),
        toKept: (position) => position,
      }).then((early) => early && { repeated: early.repeated, ...early.kept }),
  };
};

/** Forgets which message, or event, of its sender's one is, so that a repeat is another one. */
const noDedupe: MakeDefect = (store, meet) => {
  const known = new Set<string>();
  const note = (key: string) => {
    if (known.has(key)) meet();
    known.add(key);
  };
  return {
    ...store,
    appendMessage(message) {
      note(keyOf(message));
      return store.appendMessage({ ...message, clientMessageId: undefined });
    },
    appendEvent(channelId, event) {
      if (event.key !== undefined) note(eventKeyOf(channelId, event));
      return store.appendEvent(channelId, { ...event, key: undefined });
    },
  };
};

/** Leaves one message, or event of a contract, out of every replay. */
const replaySkipsOne: MakeDefect = (store, meet) => ({
  ...store,
  async readJournal(...query) {
    const page = await store.readJournal(...query);
    const skipped =
      page?.entries.findIndex(({ event }) => event === 'messageBroadcast' || event === 'published') ?? -1;
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
  readHeads(channelIds) {
    // Whoever joins a room of a contract asks for that one.
    if (channelIds.length === 1) return store.readHeads(channelIds);
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
  'publish-before-commit': publishBeforeCommit,
  'no-dedupe': noDedupe,
  'replay-skips-one': replaySkipsOne,
  'deletion-not-kept': deletionNotKept,
  'deletion-keeps-epoch': deletionKeepsEpoch,
  'ends-by-itself': endsByItself,
  'never-answers': neverAnswers,
  'is-deaf': isDeaf,
  'counts-alone': countsAlone,
  'short-memory': shortMemory,
  'never-ends': neverEnds,
  'leaves-lost-turns': leavesLostTurns,
  'answers-twice': answersTwice,
  'loses-answers': losesAnswers,
} satisfies Record<string, MakeDefect>;

/** What a store is made to do otherwise: a defect, to see that the checker finds it, or a rare thing, often. */
export type Fault = keyof typeof FAULTS;

export const isFault = (name: string | undefined): name is Fault => name !== undefined && name in FAULTS;

/** The store, but with a defect. @param meet Is called whenever it does what the defect is. */
export const withFault = (store: Store, fault: Fault, meet: () => void): Store => FAULTS[fault](store, meet);
