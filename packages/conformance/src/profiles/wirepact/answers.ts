import { must, mustEqual, mustHave, show } from '../../check/expectations';
import { dataOf, errorOf } from '../../wire/packet';
import type { ChatRow } from '../chat/chat-trial';

const LINKS = [
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:x',
  'data:text/html,x',
  'file:///etc/passwd',
];

/** Acknowledgements, errors beside them, and messages that are sent again. */
export const ANSWERS: readonly ChatRow[] = [
  [
    'ACK-6',
    'the sender gets messageBroadcast, messageAck and the acknowledgement, in this order',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      await client.ask('send_message', chat.hello(client, channelId));
      const order = client.timeline.filter((event) => /^message|^ack/.test(event));
      mustEqual(order, ['messageBroadcast', 'messageAck', 'ack send_message'], 'the order');
    },
  ],
  [
    'ACK-9',
    'a message is acknowledged with its id, its time and its place',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const data = dataOf(await client.ask('send_message', chat.hello(client, channelId)));
      const { id, createdAt, epoch, seq } = await client.next('messageBroadcast');
      const expected = { messageId: id, createdAt, epoch, seq };
      for (const [name, value] of Object.entries(expected))
        must(data[name] === value, `${name} of the acknowledgement is not that of the broadcast`);
    },
  ],
  [
    'ACK-9',
    'joining, leaving and logs are acknowledged with what they did',
    async (chat) => {
      const channelId = chat.trial.newId();
      const client = await chat.connect();
      const joined = dataOf(await client.ask('join_channel', { channelId }));
      mustHave(joined, { channelId, seq: 0 }, 'the answer to join_channel');
      must(typeof joined.epoch === 'string', `join_channel is answered with the epoch ${show(joined.epoch)}`);
      mustHave(
        (await client.ask('leave_channel', { channelId })).data,
        { channelId },
        'the answer to leave_channel',
      );
      const unsubscribed = await client.ask('unsubscribe_logs');
      mustHave(unsubscribed.data, { subscribed: false }, 'the answer to unsubscribe_logs');
    },
  ],
  [
    'ERR-9',
    'messageError says what the failed acknowledgement says, and which event it was',
    async (chat) => {
      const client = await chat.connect();
      const { code, message, retryable } = errorOf(await client.ask('join_channel', { channelId: 7 }));
      const told = await client.next('messageError');
      mustHave(told, { code, error: message, retryable, event: 'join_channel' }, 'messageError');
    },
  ],
  [
    'ERR-10',
    'a failure is told by messageError first, then by the acknowledgement',
    async (chat) => {
      const client = await chat.connect();
      await client.ask('join_channel', {});
      mustEqual(client.timeline.slice(1), ['messageError', 'ack join_channel'], 'what comes');
    },
  ],
  [
    'ERR-11',
    'an unknown event is acknowledged with UNKNOWN_EVENT',
    async (chat) => {
      const client = await chat.connect();
      for (const event of ['no_such_event', '__proto__', 'constructor', 'toString', '0'])
        mustHave(errorOf(await client.ask(event, {})), { code: 'UNKNOWN_EVENT' }, `the error of ${event}`);
    },
  ],
  [
    'ERR-7',
    'an event for a channel that does not exist is CHANNEL_NOT_FOUND',
    async (chat) => {
      const client = await chat.connect();
      const channelId = chat.trial.newId();
      const sent = await client.ask('send_message', chat.hello(client, channelId));
      mustHave(errorOf(sent), { code: 'CHANNEL_NOT_FOUND' }, 'the error of send_message');
      const listed = await client.ask('list_messages', { channelId });
      mustHave(errorOf(listed), { code: 'CHANNEL_NOT_FOUND' }, 'the error of list_messages');
    },
    'Channel not found',
  ],
  [
    'SEND-14',
    'a message that is sent again is answered as the first was, and nobody hears it twice',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      const message = chat.hello(ada, channelId, { messageId: chat.trial.newId() });
      const [first, again] = await Promise.all([
        ada.ask('send_message', message),
        ada.ask('send_message', message),
      ]);
      const other = await ada.ask('send_message', { ...message, text: 'Something else.' });
      for (const repeat of [again, other])
        mustEqual(repeat.data, first.data, 'the answer to a message sent again');
      await ada.ask('send_message', chat.hello(ada, channelId, { text: 'last' }));
      await ben.next('messageBroadcast', ({ text }) => text === 'last');
      mustEqual(chat.heard(ben, 'messageBroadcast', channelId).length, 2, 'how many messages are heard');
    },
  ],
  [
    'SEND-15',
    'the same messageId in another channel is another message, as is every one without',
    async (chat) => {
      const [first, second] = [chat.trial.newId(), chat.trial.newId()];
      const client = await chat.member(first);
      await chat.join(client, second);
      const messageId = chat.trial.newId();
      const fields = [{ messageId }, {}, {}];
      const ids = new Set<unknown>();
      for (const channelId of [first, second])
        for (const more of fields)
          ids.add(dataOf(await client.ask('send_message', chat.hello(client, channelId, more))).messageId);
      mustEqual(ids.size, 6, 'how many messages there are');
    },
  ],
  [
    'SEND-17',
    'an attachment with a link that runs code is refused',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      for (const url of LINKS) {
        const attachments = [{ url, type: 'text/html' }];
        const answer = await client.ask('send_message', chat.hello(client, channelId, { attachments }));
        mustHave(errorOf(answer), { code: 'INVALID_PAYLOAD' }, `the error for ${show(url)}`);
      }
    },
  ],
  [
    'AUTH-7',
    'leaving needs no permission, and unsubscribing from logs neither',
    async (chat) => {
      const client = await chat.connect();
      must(
        (await client.ask('leave_channel', { channelId: chat.trial.newId() })).ok === true,
        'leave_channel is refused',
      );
      must((await client.ask('unsubscribe_logs')).ok === true, 'unsubscribe_logs is refused');
    },
  ],
];
