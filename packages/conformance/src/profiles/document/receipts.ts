import { must, mustEqual, mustHave } from '../../check/expectations';
import type { ChatRow } from '../chat/chat-trial';

/** The document’s section “messageAck”. */
export const RECEIPTS: readonly ChatRow[] = [
  [
    'ACK-1',
    'messageAck goes to the sender, and to nobody else',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      await chat.say(ada, channelId);
      await ada.next('messageAck');
      await ben.next('messageBroadcast');
      await chat.catchUp(ben);
      mustEqual(ben.all('messageAck').length, 0, 'how often messageAck comes to another member');
    },
    'Acknowledgment sent only to the message sender confirming message was processed.',
  ],
  [
    'ACK-2',
    'messageAck has the messageId that the client gave, and none where it gave none',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const messageId = chat.trial.newId();
      await chat.say(client, channelId, { messageId });
      mustEqual((await client.next('messageAck')).clientMessageId, messageId, 'messageAck.clientMessageId');
      await chat.say(client, channelId, { text: 'none' });
      must(
        !('clientMessageId' in (await client.next('messageAck'))),
        'messageAck has a clientMessageId that nobody gave',
      );
    },
    'clientMessageId?: string;    // Original client-side message ID',
  ],
  [
    'ACK-3',
    'messageAck has the id of the broadcast',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      const { id } = await chat.say(client, channelId);
      must(
        (await client.next('messageAck')).messageId === id,
        'messageAck.messageId is not the id of the broadcast',
      );
    },
    'messageId: string;           // Server-assigned message UUID',
  ],
  [
    'ACK-4',
    'messageAck has the status success',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      await chat.say(client, channelId);
      mustHave(await client.next('messageAck'), { status: 'success' }, 'messageAck');
    },
    "status: 'success';           // Processing status",
  ],
  [
    'ACK-6',
    'the sender gets the broadcast before messageAck',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      await chat.say(client, channelId);
      await client.next('messageAck');
      const order = client.timeline.filter((event) => event === 'messageBroadcast' || event === 'messageAck');
      mustEqual(order, ['messageBroadcast', 'messageAck'], 'the order');
    },
  ],
];
