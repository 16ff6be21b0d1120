import type { Message, Store } from '@wirepact/server';
import type { MakeDefect } from './faults';

/** So many messages are acknowledged and not stored at any time: more than can be on their way. */
const LATE = 10;

type NewMessage = Parameters<Store['appendMessage']>[0];

/**
 * Tells the number a message is going to have, and stores it when so many others have come. The first process of a
 * server only: those after it are to find out what is missing.
 */
export const acknowledgeBeforeCommit: MakeDefect = (store, meet) => {
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
      const key = `${message.channelId} ${message.senderId} ${message.clientMessageId}`;
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
