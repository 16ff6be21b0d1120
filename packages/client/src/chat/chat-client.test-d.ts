import { defineEvent, extendContract } from '@wirepact/contract';
import type { LogEntry } from '@wirepact/protocol';
import { protocol } from '@wirepact/protocol';
import * as Type from 'typebox';
import {
  type Channel,
  type ChannelView,
  type ChatClient,
  createChatClient,
  type OutboxStorage,
  type SentMessage,
  type ViewMessage,
  WirepactError,
} from '../index';
import { createIndexedDbOutboxStorage } from '../indexeddb';

/** Compiles where `Actual` is exactly `Expected`. */
const expectType = <Expected>() => ({
  of: <Actual>(_value: Actual & ([Actual, Expected] extends [Expected, Actual] ? unknown : never)) => {},
});

/** Never called: the compiler is the test. */
export async function chatProtocolTypes(chat: ChatClient, channel: Channel) {
  expectType<ChatClient>().of(createChatClient('https://example.org', { auth: async () => ({ token: '' }) }));

  chat.on('messageBroadcast', (message) => expectType<string>().of(message.text));
  chat.on('log_update', (entry) => expectType<LogEntry>().of(entry));
  // @ts-expect-error no such event
  chat.on('messageBrodcast', () => {});
  // @ts-expect-error the payload has no such field
  chat.on('messageDeleted', ({ text }) => text);
  // @ts-expect-error an event that clients send
  chat.on('send_message', () => {});

  expectType<{ time: number }>().of(await chat.request('heartbeat'));
  await chat.request('heartbeat', undefined, { timeoutMs: 5 });
  const { level } = await chat.request('set_log_filter', { level: 'warn' }, { timeoutMs: 5 });
  expectType<'debug' | 'info' | 'warn' | 'error' | undefined>().of(level);
  // @ts-expect-error no such level
  await chat.request('set_log_filter', { level: 'loud' });
  // @ts-expect-error the payload is missing
  await chat.request('set_log_filter');
  // @ts-expect-error no such event
  await chat.request('set_log_filters', {});
  // @ts-expect-error an event that servers send
  await chat.request('messageBroadcast', {});
  // @ts-expect-error what only the client itself may ask for
  await chat.request('heartbeat', undefined, { restoring: true });

  expectType<Channel>().of(await chat.join(''));
  // @ts-expect-error metadata.isDm is a boolean
  await chat.join('', { metadata: { isDm: 'yes' } });
  expectType<SentMessage>().of(await channel.send('', { metadata: { anything: 1 } }));
  // @ts-expect-error an attachment has a url
  await channel.send('', { attachments: [{ type: 'image/png' }] });

  expectType<SentMessage>().of(await channel.retry('', { timeoutMs: 5 }));
  expectType<boolean>().of(channel.discard(''));
  expectType<ChannelView>().of(channel.view.get());
  expectType<readonly ViewMessage[]>().of(channel.view.get().messages);
  expectType<'pending' | 'sent' | 'failed'>().of(
    channel.view.get().messages.map(({ status }) => status)[0] ?? 'sent',
  );
  expectType<number | undefined>().of(channel.view.get().position?.seq);
  // @ts-expect-error a view is read only
  channel.view.get().messages.push();
  expectType<void>().of(await channel.loadOlder(20, { timeoutMs: 5 }));
  expectType<void>().of(await channel.update({ name: '', color: 'red' }));
  // @ts-expect-error a name is a string
  await channel.update({ name: 1 });
  // @ts-expect-error a message is named
  await channel.deleteMessage();
  await channel.clear({ timeoutMs: 5 });
  await channel.leave();
  await chat.join('', { history: 50 });

  const storage: OutboxStorage = createIndexedDbOutboxStorage({ name: '' });
  createChatClient('', {
    sendTimeoutMs: 5,
    outbox: { maxMessages: 5, storage, onStorageError: ({ code }) => code },
  });
  // @ts-expect-error a storage also loads
  createChatClient('', { outbox: { storage: { save: storage.save, remove: storage.remove } } });

  channel.on('messageComplete', ({ serverId }) => expectType<string>().of(serverId));
  // @ts-expect-error log entries belong to no channel
  channel.on('log_update', () => {});
  // @ts-expect-error receipts name no channel
  channel.off('messageAck', () => {});

  for await (const entry of chat.logs({ level: 'warn' })) expectType<LogEntry>().of(entry);
  // @ts-expect-error no such filter
  chat.logs({ severity: 'warn' });
  // @ts-expect-error contracts, not anything
  createChatClient('', { contract: {} });
}

const board = extendContract(protocol, {
  name: 'board',
  version: '1.0.0',
  clientToServer: {
    move_card: defineEvent({
      description: 'Move a card.',
      payload: Type.Object({ cardId: Type.String() }),
      reply: Type.Object({ position: Type.Integer() }),
    }),
    undo: defineEvent({ description: 'Undo.' }),
  },
  serverToClient: {
    cardMoved: defineEvent({
      description: 'Moved.',
      payload: Type.Object({ channelId: Type.String(), cardId: Type.String() }),
    }),
    boardClosed: defineEvent({ description: 'Closed.' }),
  },
});

/** Never called: what a server may speak is named. */
export function dialectTypes() {
  for (const dialect of ['auto', 'wirepact', 'document', 'elizaos'] as const)
    expectType<ChatClient>().of(createChatClient('https://example.org', { dialect }));
  expectType<ChatClient<typeof board>>().of(
    createChatClient('https://example.org', { dialect: 'elizaos', contract: board }),
  );
  // @ts-expect-error no such dialect
  createChatClient('https://example.org', { dialect: 'eliza' });
  const isRefused = (error: unknown) => error instanceof WirepactError && error.code === 'NOT_SUPPORTED';
  expectType<boolean>().of(isRefused(undefined));
}

/** Never called: one typed map for the events of the chat and a team's own. */
export async function extendedContractTypes() {
  const chat = createChatClient('https://example.org', { contract: board });
  expectType<ChatClient<typeof board>>().of(chat);
  expectType<{ position: number }>().of(await chat.request('move_card', { cardId: '' }));
  expectType<null>().of(await chat.request('undo'));
  expectType<{ time: number }>().of(await chat.request('heartbeat'));
  // @ts-expect-error the payload has no such field
  await chat.request('move_card', { card: '' });

  chat.on('boardClosed', (payload) => expectType<undefined>().of(payload));
  chat.on('messageDeleted', ({ messageId }) => expectType<string>().of(messageId));
  // @ts-expect-error no such event
  chat.on('cardsMoved', () => {});

  const channel = await chat.join('');
  channel.on('cardMoved', ({ cardId }) => expectType<string>().of(cardId));
  channel.on('channelCleared', ({ channelId }) => expectType<string>().of(channelId));
  // @ts-expect-error belongs to no channel
  channel.on('boardClosed', () => {});
}
