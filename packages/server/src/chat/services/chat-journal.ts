import { type Protocol, protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import type { Journal, JournalEntry } from '../../runtime/ports/journal';
import type { Message, Store } from '../ports/store';
import { toBroadcast, toEntry } from './channel-entry';

const { serverToClient } = protocol;

const isDeclared = (event: string): event is keyof Protocol['serverToClient'] =>
  Object.hasOwn(serverToClient, event);

/** True for an event that clients take: the contract has it, with such a payload. */
const isTold = ({ event, payload }: JournalEntry) =>
  isDeclared(event) && (serverToClient[event].payload?.check(payload) ?? true);

const REASON = 'it breaks the contract, as something other than this server may have written it';

/**
 * The messages that clients can be told of. One that breaks the contract would take the whole page with it: it is left
 * out, and logged.
 */
export function withoutBroken(messages: readonly Message[], logger: Logger): readonly Message[] {
  const isRight = (message: Message) => serverToClient.messageBroadcast.payload.check(toBroadcast(message));
  if (messages.every(isRight)) return messages;
  return messages.filter((message) => {
    if (isRight(message)) return true;
    const { channelId, id: messageId } = message;
    logger.error({ channelId, messageId }, `a stored message is left out of history: ${REASON}`);
    return false;
  });
}

/** What a store keeps of channels, as the events that members receive. */
export function createChatJournal(store: Store, logger: Logger): Journal {
  return {
    readHeads: (channelIds) => store.readHeads(channelIds),

    async read(channelId, after, bounds) {
      const page = await store.readJournal(channelId, after, bounds);
      if (!page) return undefined;
      const entries = page.entries.map((stored) => toEntry(channelId, after.epoch, stored));
      if (entries.every(isTold)) return { ...page, entries };
      const told = entries.filter((entry) => {
        if (isTold(entry)) return true;
        const { seq, event } = entry;
        logger.error({ channelId, seq, event }, `a stored event is left out: ${REASON}`);
        return false;
      });
      return { ...page, entries: told };
    },

    ...(store.watch && {
      watch: (onMove, onGap) =>
        store.watch?.(({ channelId, ...moved }) => onMove({ roomId: channelId, ...moved }), onGap) ??
        (() => undefined),
    }),
  };
}
