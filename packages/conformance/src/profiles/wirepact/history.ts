import { must, mustEqual, mustHave } from '../../check/expectations';
import { dataOf, errorOf, type Fields, toFields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ChatRow, ChatTrial } from '../chat/chat-trial';

const COUNT = 7;

/** A channel with seven messages. */
async function withMessages(chat: ChatTrial) {
  const { channelId, client } = await chat.channel();
  for (let index = 1; index <= COUNT; index += 1)
    await client.ask(
      'send_message',
      chat.hello(client, channelId, { text: `${index}`, messageId: `m${index}` }),
    );
  return { channelId, client };
}

/** A page of history: the texts of its messages, and whether there are more. */
async function page(client: WireClient, query: Fields) {
  const { messages, hasMore } = dataOf(await client.ask('list_messages', query));
  must(Array.isArray(messages), 'the history has no messages');
  return {
    texts: messages.map((message) => toFields(message).text),
    hasMore,
    messages: messages.map(toFields),
  };
}

/** Reading a channel's history, and leaving it. */
export const HISTORY: readonly ChatRow[] = [
  [
    'HIST-1',
    'the history has the messages as they were broadcast, oldest first, and comes with no event',
    async (chat) => {
      const { channelId, client } = await withMessages(chat);
      const reader = await chat.connect();
      const { messages } = await page(reader, { channelId });
      const broadcast = chat.heard(client, 'messageBroadcast', channelId);
      // Whether the reader is the sender is another matter.
      const [listed, told] = [messages, broadcast].map((all) =>
        all.map(({ clientMessageId: _, ...one }) => one),
      );
      mustEqual(listed, told, 'the history');
      mustEqual(reader.packets.length, 1, 'how many events came, the greeting included');
    },
  ],
  [
    'HIST-2',
    'before and after choose the page',
    async (chat) => {
      const { channelId, client } = await withMessages(chat);
      const asked = { channelId, limit: 2 };
      mustEqual((await page(client, asked)).texts, ['6', '7'], 'the newest messages');
      mustEqual((await page(client, { ...asked, before: 6 })).texts, ['4', '5'], 'the messages before 6');
      mustEqual((await page(client, { ...asked, after: 2 })).texts, ['3', '4'], 'the messages after 2');
    },
  ],
  [
    'HIST-3',
    'before together with after is refused',
    async (chat) => {
      const { channelId, client } = await withMessages(chat);
      const answer = await client.ask('list_messages', { channelId, before: 5, after: 1 });
      mustHave(errorOf(answer), { code: 'INVALID_PAYLOAD' }, 'the error');
    },
  ],
  [
    'HIST-4',
    'a limit is from 1 to 200, and 50 where there is none',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const texts = Array.from({ length: 51 }, (_, index) => `${index}`);
      await Promise.all(
        texts.map((text) => client.ask('send_message', chat.hello(client, channelId, { text }))),
      );
      mustEqual(
        (await page(client, { channelId })).texts.length,
        50,
        'how many messages come without a limit',
      );
      mustEqual((await page(client, { channelId, limit: 200 })).texts.length, 51, 'how many come with 200');
      for (const limit of [0, -1, 201, 1.5, '10', null]) {
        const error = errorOf(await client.ask('list_messages', { channelId, limit }));
        mustHave(error, { code: 'INVALID_PAYLOAD' }, `the error for the limit ${limit}`);
      }
    },
  ],
  [
    'HIST-5',
    'hasMore says whether there are more in the direction of the page',
    async (chat) => {
      const { channelId, client } = await withMessages(chat);
      const expected: readonly (readonly [Fields, boolean])[] = [
        [{ limit: 7 }, false],
        [{ limit: 6 }, true],
        [{ limit: 3, before: 4 }, false],
        [{ limit: 2, after: 5 }, false],
        [{ limit: 1, after: 5 }, true],
      ];
      for (const [query, hasMore] of expected)
        mustEqual(
          (await page(client, { channelId, ...query })).hasMore,
          hasMore,
          `hasMore of ${JSON.stringify(query)}`,
        );
    },
  ],
  [
    'HIST-6',
    'the history says where the channel stands',
    async (chat) => {
      const { channelId, client } = await withMessages(chat);
      const joined = dataOf(await client.ask('join_channel', { channelId }));
      for (const query of [{}, { limit: 1 }, { before: 3 }, { after: 5 }]) {
        const { epoch, seq } = dataOf(await client.ask('list_messages', { channelId, ...query }));
        mustEqual(seq, joined.seq, `seq of ${JSON.stringify(query)}`);
        must(epoch === joined.epoch, 'the history has another epoch than the join');
      }
    },
  ],
  [
    'HIST-8',
    'listing needs no join, and does not join',
    async (chat) => {
      const { channelId, client } = await withMessages(chat);
      const reader = await chat.connect();
      mustEqual((await page(reader, { channelId })).texts.length, COUNT, 'how many messages come');
      await chat.say(client, channelId, { text: 'live' });
      await chat.catchUp(reader);
      mustEqual(chat.heard(reader, 'messageBroadcast', channelId).length, 0, 'how many messages it hears');
    },
  ],
  [
    'HIST-10',
    'a page of large messages ends before its limit, and says that there are more',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const text = 'x'.repeat(65_536);
      for (let index = 0; index < 20; index += 1)
        await client.ask('send_message', chat.hello(client, channelId, { text }));
      const { messages, hasMore } = await page(client, { channelId, limit: 200 });
      must(JSON.stringify(messages).length < 1.1 * 1024 * 1024, 'a page takes more than 1 MiB');
      mustEqual(hasMore, true, 'hasMore');
    },
  ],
  [
    'LEAVE-1',
    'who has left hears nothing more but its own messages',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      await ben.ask('leave_channel', { channelId });
      await chat.say(ada, channelId, { text: 'to members' });
      await chat.say(ben, channelId, { text: 'my own' });
      const texts = chat.heard(ben, 'messageBroadcast', channelId).map(({ text }) => text);
      mustEqual(texts, ['my own'], 'what is heard after leaving');
    },
  ],
  [
    'LEAVE-2',
    'leaving comes with no event, and succeeds where there is nothing to leave',
    async (chat) => {
      const client = await chat.connect();
      const before = client.packets.length;
      must(
        (await client.ask('leave_channel', { channelId: chat.trial.newId() })).ok === true,
        'it is refused',
      );
      mustEqual(client.packets.length, before, 'how many events came');
    },
  ],
  [
    'LEAVE-3',
    'leaving touches nobody else, and one may join again',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      await ben.ask('leave_channel', { channelId });
      await chat.join(ben, channelId);
      await chat.say(ada, channelId);
      await ben.next('messageBroadcast');
    },
  ],
  [
    'PRES-1',
    'members that watch are told who is there, who comes and what they do',
    async (chat) => {
      const { channelId, client: ada } = await chat.channel();
      must(
        (await ada.ask('watch_presence', { channelId, watching: true })).ok === true,
        'watch_presence is refused',
      );
      mustHave(await ada.next('presence_changed'), { channelId, count: 1 }, 'presence_changed');
      const ben = await chat.member(channelId);
      await ben.ask('update_presence', { channelId, state: { typing: true }, ttlMs: 60_000 });
      await ada.next('presence_changed', (change) => JSON.stringify(change).includes('"typing":true'));
    },
  ],
  [
    'PRES-2',
    'presence is for members',
    async (chat) => {
      const { channelId } = await chat.channel();
      const stranger = await chat.connect();
      const watching = await stranger.ask('watch_presence', { channelId, watching: true });
      mustHave(errorOf(watching), { code: 'FORBIDDEN' }, 'the error of watch_presence');
      const update = await stranger.ask('update_presence', { channelId });
      mustHave(errorOf(update), { code: 'FORBIDDEN' }, 'the error of update_presence');
    },
  ],
];
