import { must, mustEqual, mustHave, show } from '../../check/expectations';
import { type Answer, dataOf, errorOf, type Fields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ChatRow, ChatTrial } from '../chat/chat-trial';
import { seqs, upTo } from '../seqs';

/** Sends messages `1`, `2` … to a channel. */
async function sendAll(
  chat: ChatTrial,
  client: WireClient,
  channelId: string,
  count: number,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const text of upTo(count).map(String))
    answers.push(await client.ask('send_message', chat.hello(client, channelId, { text })));
  return answers;
}

const joinAt = (client: WireClient, channelId: string, epoch: unknown, seq: number, more: Fields = {}) =>
  client.ask('join_channel', { channelId, resume: { epoch, seq }, ...more });

/** Waits for the last message of a channel. @throws Violation Where it did not come after all others, each once. */
async function hearsUpTo(chat: ChatTrial, client: WireClient, channelId: string, last: number) {
  await client.next('messageBroadcast', ({ seq }) => seq === last);
  mustEqual(seqs(chat.heard(client, 'messageBroadcast', channelId)), upTo(last), 'seq as it comes');
}

/** A channel with messages, and where it stands. */
async function channelWith(chat: ChatTrial, count: number) {
  const { channelId, client } = await chat.channel();
  await sendAll(chat, client, channelId, count);
  const { epoch } = dataOf(await client.ask('join_channel', { channelId }));
  return { channelId, client, epoch };
}

/** Numbers of durable events. */
const NUMBERS: readonly ChatRow[] = [
  [
    'SEQ-2',
    'the messages of a channel are numbered 1, 2, 3 …, each channel for itself',
    async (chat) => {
      for (const channelId of [chat.trial.newId(), chat.trial.newId()]) {
        const client = await chat.member(channelId);
        await sendAll(chat, client, channelId, 4);
        mustEqual(seqs(chat.heard(client, 'messageBroadcast', channelId)), upTo(4), 'seq');
      }
    },
  ],
  [
    'SEQ-3',
    'the epoch is the same in all events of a channel, and another in another channel',
    async (chat) => {
      const [first, second] = [await channelWith(chat, 2), await channelWith(chat, 1)];
      const epochs = first.client.all('messageBroadcast').map(({ epoch }) => epoch);
      must(
        epochs.every((epoch) => typeof epoch === 'string' && epoch === first.epoch),
        `the epochs are ${show(epochs)}`,
      );
      must(first.epoch !== second.epoch, 'two channels have one epoch');
    },
  ],
  [
    'SEQ-4',
    'an event has the same number for everybody, and in the acknowledgement of its sender',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      const { seq, epoch } = dataOf(await ada.ask('send_message', chat.hello(ada, channelId)));
      for (const client of [ada, ben])
        mustHave(await client.next('messageBroadcast'), { seq, epoch }, 'the broadcast');
    },
  ],
  [
    'SEQ-5',
    'members hear of messages of several senders by rising numbers, each once',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      const clients = [ada, ben];
      await Promise.all(clients.map((client) => sendAll(chat, client, channelId, 5)));
      for (const client of clients) await hearsUpTo(chat, client, channelId, 10);
    },
  ],
  [
    'SEQ-6',
    'what changes nothing takes no number',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const message = chat.hello(client, channelId, { messageId: chat.trial.newId() });
      await client.ask('send_message', message);
      await client.ask('send_message', message);
      await client.ask('send_message', { ...message, text: 7 });
      mustHave(
        (await client.ask('join_channel', { channelId })).data,
        { seq: 1 },
        'the answer to joining again',
      );
    },
  ],
  [
    'STORE-1',
    'what was acknowledged is in the history',
    async (chat) => {
      const { channelId, client } = await channelWith(chat, 3);
      const { messages } = dataOf(await client.ask('list_messages', { channelId }));
      mustEqual(Array.isArray(messages) && messages.length, 3, 'how many messages the history has');
    },
  ],
];

/** Coming back. */
const RESUMING: readonly ChatRow[] = [
  [
    'RESUME-2',
    'every join says where the client stands',
    async (chat) => {
      const { channelId, client, epoch } = await channelWith(chat, 2);
      mustHave(
        (await client.ask('join_channel', { channelId })).data,
        { epoch, seq: 2 },
        'the answer to joining',
      );
    },
  ],
  [
    'RESUME-3',
    'with resume, what was missed comes once and in order, before the acknowledgement',
    async (chat) => {
      const { channelId, epoch } = await channelWith(chat, 5);
      const client = await chat.connect();
      const answer = await joinAt(client, channelId, epoch, 2);
      mustHave(answer.data, { recovered: true, epoch, seq: 5 }, 'the answer to joining with resume');
      mustEqual(
        seqs(chat.heard(client, 'messageBroadcast', channelId)),
        [3, 4, 5],
        'seq of what comes before it',
      );
      const order = client.timeline.slice(client.timeline.indexOf('channel_joined'));
      const [joined, room] = order;
      mustEqual([joined, room], ['channel_joined', 'room_joined'], 'what comes before what was missed');
    },
  ],
  [
    'RESUME-4',
    'what happens while a client comes back reaches it without a gap, and once',
    async (chat) => {
      const { channelId, client: ada, epoch } = await channelWith(chat, 10);
      const ben = await chat.connect();
      await Promise.all([sendAll(chat, ada, channelId, 10), joinAt(ben, channelId, epoch, 0)]);
      await hearsUpTo(chat, ben, channelId, 20);
    },
  ],
  [
    'RESUME-7',
    'from another epoch, and from a number that is not reached, nothing is sent again, and that is said',
    async (chat) => {
      const { channelId, client: ada, epoch } = await channelWith(chat, 2);
      const ben = await chat.connect();
      for (const [of, seq] of [
        ['another', 1],
        [epoch, 99],
      ] as const) {
        const answer = await joinAt(ben, channelId, of, seq);
        mustHave(answer.data, { recovered: false, epoch, seq: 2 }, 'the answer to joining with resume');
      }
      await chat.say(ada, channelId, { text: 'live' });
      mustEqual((await ben.next('messageBroadcast')).text, 'live', 'the first message that comes');
    },
  ],
  [
    'RESUME-9',
    'without resume nothing from before is sent, and recovered is absent',
    async (chat) => {
      const { channelId } = await channelWith(chat, 2);
      const client = await chat.connect();
      must(!('recovered' in dataOf(await client.ask('join_channel', { channelId }))), 'recovered is there');
      await client.ask('heartbeat');
      mustEqual(chat.heard(client, 'messageBroadcast', channelId).length, 0, 'messages from before');
    },
  ],
  [
    'RESUME-10',
    'a join with resume creates no channel',
    async (chat) => {
      const client = await chat.connect();
      const channelId = chat.trial.newId();
      const answer = await joinAt(client, channelId, 'epoch', 0);
      mustHave(errorOf(answer), { code: 'CHANNEL_NOT_FOUND' }, 'the error');
    },
  ],
];

/** Numbers, and coming back to them. */
export const DELIVERY: readonly ChatRow[] = [...NUMBERS, ...RESUMING];
