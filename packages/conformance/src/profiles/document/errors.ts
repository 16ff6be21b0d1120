import { must, mustEqual, show } from '../../check/expectations';
import { nested } from '../../sample/nested';
import type { ChatRow } from '../chat/chat-trial';

const ANY_EVENT =
  'All client-to-server events may result in a `messageError` event if validation fails or an error occurs.';
/** Bytes that an error may take, however much was sent. */
const MAX_ERROR = 65_536;

/** The document’s sections “messageError” and “Error Handling”. */
export const ERRORS: readonly ChatRow[] = [
  [
    'ERR-1',
    'what is wrong is told to the sender by messageError, and to nobody else',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      await chat.refused(ada, 'send_message', { channelId });
      await chat.refused(ada, 'join_channel', {});
      await chat.refused(ada, 'set_log_filter', { level: 'loud' });
      await chat.catchUp(ben);
      mustEqual(ben.all('messageError').length, 0, 'how often messageError comes to another member');
    },
    ANY_EVENT,
  ],
  [
    'ERR-2',
    'messageError says what is wrong',
    async (chat) => {
      const client = await chat.connect();
      for (const payload of [{}, null, { channelId: 'no-uuid' }]) {
        const { error } = await chat.refused(client, 'join_channel', payload);
        must(typeof error === 'string' && /\w/.test(error), `messageError.error is ${show(error)}`);
      }
    },
    'error: string;               // Error message',
  ],
  [
    'ERR-3',
    'messageError has the messageId of the message, however wrong the rest is',
    async (chat) => {
      const client = await chat.connect();
      const messageId = chat.trial.newId();
      const { clientMessageId } = await chat.refused(client, 'send_message', { messageId, text: 7 });
      mustEqual(clientMessageId, messageId, 'messageError.clientMessageId');
      const without = await chat.refused(client, 'send_message', { text: 7 });
      must(!('clientMessageId' in without), 'messageError has a clientMessageId that nobody gave');
    },
    'clientMessageId?: string;    // Client message ID if available',
  ],
  [
    'ERR-11',
    'an event that the protocol does not have is told as an error, whatever its name',
    async (chat) => {
      const client = await chat.connect();
      for (const event of ['no_such_event', 'toString', 'constructor', 'messageBroadcast', 'channelDeleted'])
        await chat.refused(client, event, {});
    },
    ANY_EVENT,
  ],
  [
    'ERR-12',
    'a payload that is no object is refused',
    async (chat) => {
      const client = await chat.connect();
      for (const payload of [null, 7, 'text', true, [], [{ channelId: chat.trial.newId() }]])
        await chat.refused(client, 'join_channel', payload);
      await chat.refused(client, 'join_channel');
      mustEqual(client.all('channel_joined').length, 0, 'how many joins succeeded');
    },
    ANY_EVENT,
  ],
  [
    'ERR-13',
    'a payload that is too deep, too wide or too large is refused',
    async (chat) => {
      const client = await chat.connect();
      const wide = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key${index}`, index]));
      for (const more of [{ deep: nested(60) }, wide, { large: 'x'.repeat(300_000) }])
        await chat.refused(client, 'join_channel', { channelId: chat.trial.newId(), ...more });
      mustEqual(client.all('channel_joined').length, 0, 'how many joins succeeded');
    },
  ],
  [
    'ERR-14',
    'a payload with names that pollute prototypes, or with a number that JSON cannot say back, is refused',
    async (chat) => {
      const client = await chat.connect();
      const channelId = chat.trial.newId();
      const more = ['"__proto__":{"a":1}', '"metadata":{"__proto__":{"a":1}}', '"metadata":{"a":1e999}'];
      for (const text of [...more, '"metadata":{"constructor":{"prototype":{"a":1}}}']) {
        client.write(`2["join_channel",{"channelId":"${channelId}",${text}}]`);
        await client.next('messageError');
      }
      mustEqual(client.all('channel_joined').length, 0, 'how many joins succeeded');
    },
  ],
  [
    'ERR-16',
    'after all that was refused the connection goes on',
    async (chat) => {
      const channelId = chat.trial.newId();
      const client = await chat.connect();
      for (const payload of [null, {}, { channelId: 7 }]) await chat.refused(client, 'send_message', payload);
      await chat.join(client, channelId);
      await chat.say(client, channelId);
    },
  ],
  [
    'ERR-19',
    'an error is short, however large what was sent',
    async (chat) => {
      const client = await chat.connect();
      const error = await chat.refused(client, 'join_channel', {
        ['n'.repeat(10_000)]: 1,
        channelId: 'x'.repeat(200_000),
      });
      must(JSON.stringify(error).length < MAX_ERROR, 'messageError takes more than 64 KiB');
    },
  ],
];
