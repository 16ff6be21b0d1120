import { must, mustEqual, mustHave } from '../../check/expectations';
import { ZERO_UUID } from '../chat/channel-trial';
import type { ChatRow } from '../chat/chat-trial';

const BOTH_PARAMETERS = 'Accepting both `roomId` and `channelId` parameters (channelId preferred)';
const BOTH_EVENTS = 'Emitting both `room_joined` and `channel_joined` events';

/** The document’s sections “Backward Compatibility” and “Message Flow Example”. */
export const COMPATIBILITY: readonly ChatRow[] = [
  [
    'COMPAT-1',
    'a join takes roomId in place of channelId',
    async (chat) => {
      const client = await chat.connect();
      const roomId = chat.trial.newId();
      client.emit('join_channel', { roomId });
      mustHave(await client.next('channel_joined'), { channelId: roomId, roomId }, 'channel_joined');
    },
    BOTH_PARAMETERS,
  ],
  [
    'COMPAT-2',
    'where a join has both, channelId counts',
    async (chat) => {
      const client = await chat.connect();
      const [channelId, roomId] = [chat.trial.newId(), chat.trial.newId()];
      client.emit('join_channel', { channelId, roomId });
      must((await client.next('channel_joined')).channelId === channelId, 'roomId counted, not channelId');
    },
    BOTH_PARAMETERS,
  ],
  [
    'COMPAT-3',
    'a roomId that is no UUID is refused, whatever the channelId',
    async (chat) => {
      const client = await chat.connect();
      await chat.refused(client, 'join_channel', { channelId: chat.trial.newId(), roomId: 'room' });
    },
  ],
  [
    'COMPAT-4',
    'a join is answered with room_joined as well, to the sender only',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      await ben.next('room_joined');
      await chat.catchUp(ada);
      mustEqual(chat.heard(ada, 'room_joined', channelId).length, 1, 'how often room_joined comes');
    },
    BOTH_EVENTS,
  ],
  [
    'COMPAT-5',
    'room_joined has the payload of channel_joined, and comes right after it',
    async (chat) => {
      const client = await chat.connect();
      const joined = await chat.join(client, chat.trial.newId());
      mustEqual(await client.next('room_joined'), joined, 'room_joined');
      const at = client.timeline.indexOf('channel_joined');
      mustEqual(client.timeline[at + 1], 'room_joined', 'the event after channel_joined');
    },
    BOTH_EVENTS,
  ],
  [
    'COMPAT-6',
    'what names a channel has it in roomId, and has the same in channelId where it has that',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      await chat.say(client, channelId);
      for (const event of ['channel_joined', 'room_joined', 'messageBroadcast'])
        mustHave(client.all(event)[0], { roomId: channelId }, event);
      for (const event of ['channel_joined', 'room_joined'])
        mustHave(client.all(event)[0], { channelId }, event);
    },
    BOTH_PARAMETERS,
  ],
  [
    'COMPAT-7',
    'a message to a roomId alone is refused',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      await chat.refused(
        client,
        'send_message',
        chat.hello(client, channelId, { channelId: undefined, roomId: channelId }),
      );
    },
  ],
  [
    'COMPAT-8',
    'fields that the protocol does not name are ignored',
    async (chat) => {
      const channelId = chat.trial.newId();
      const client = await chat.connect();
      await chat.join(client, channelId, { later: { version: 9 } });
      await chat.say(client, channelId, { later: [1, 2, 3] });
    },
  ],
  [
    'COMPAT-10',
    'the message flow of the document runs as it stands',
    async (chat) => {
      const client = await chat.trial.connect();
      const user = { entityId: 'user-123' };
      const next = (event: string) =>
        chat.nextUnless(client, event, 'FORBIDDEN', 'who is signed in can act as nobody else');
      await client.next('connection_established');
      client.emit('join_channel', { channelId: chat.trial.newId(), ...user });
      const { channelId } = await next('channel_joined');
      client.emit('send_message', {
        ...user,
        channelId,
        serverId: ZERO_UUID,
        text: 'Hello!',
        entityName: 'User',
      });
      const told = await next('messageBroadcast');
      mustHave(told, { text: 'Hello!', senderId: 'user-123', senderName: 'User' }, 'what comes in the end');
    },
    '// 1. Connect to server',
  ],
];
