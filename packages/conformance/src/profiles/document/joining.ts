import { must, mustEqual, mustHave } from '../../check/expectations';
import type { Fields } from '../../wire/packet';
import { ZERO_UUID } from '../chat/channel-trial';
import { AGENT_ID, type ChatRow } from '../chat/chat-trial';

const CONFIRMED = 'Confirmation that the client has successfully joined a channel.';

/** Joins that are wrong, by the rule that says so. */
const WRONG: readonly (readonly [rule: string, what: string, fields: Fields, says: string])[] = [
  [
    'JOIN-2',
    'without a channelId',
    { channelId: undefined },
    'channelId: string;           // Required: Channel UUID to join',
  ],
  ['JOIN-2', 'with a channelId that is no UUID', { channelId: 'channel-uuid' }, 'Invalid UUID formats'],
  [
    'JOIN-2',
    'with a channelId that is a number',
    { channelId: 7 },
    'channelId: string;           // Required: Channel UUID to join',
  ],
  [
    'JOIN-4',
    'with an agentId that is no UUID',
    { agentId: 'agent' },
    'agentId?: string;            // Optional: Agent UUID',
  ],
  [
    'JOIN-5',
    'with an entityId that is no string',
    { entityId: 7 },
    'entityId?: string;           // Optional: Entity UUID for world/room creation',
  ],
  [
    'JOIN-6',
    'with a serverId that is no UUID',
    { serverId: 'main' },
    'serverId?: string;           // Optional: Server UUID',
  ],
  [
    'JOIN-7',
    'with metadata that is no object',
    { metadata: 'dm' },
    'metadata?: {                 // Optional: Additional metadata',
  ],
  [
    'JOIN-7',
    'with an isDm that is no boolean',
    { metadata: { isDm: 'true' } },
    'isDm?: boolean;            // Is this a direct message channel',
  ],
];

const wrongRows: readonly ChatRow[] = WRONG.map(([rule, what, fields, says]) => [
  rule,
  `a join ${what} is refused`,
  async (chat) => {
    const client = await chat.connect();
    await chat.refused(client, 'join_channel', { channelId: chat.trial.newId(), ...fields });
    await chat.catchUp(client);
    mustEqual(
      client.all('channel_joined').length,
      1,
      'how many joins succeeded, the one that is right included',
    );
  },
  says,
]);

/** The document’s section “Channel/Room Management”. */
export const JOINING: readonly ChatRow[] = [
  [
    'JOIN-1',
    'who has joined a channel receives its events',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      await chat.say(ada, channelId);
      await ben.next('messageBroadcast', ({ roomId }) => roomId === channelId);
    },
    'Join a specific channel for receiving messages.',
  ],
  [
    'JOIN-3',
    'a channel is the same in upper and lower case, and the nil UUID is one',
    async (chat) => {
      const { channelId, client: ada } = await chat.channel();
      const ben = await chat.connect();
      ben.emit('join_channel', { channelId: channelId.toUpperCase() });
      mustEqual((await ben.next('channel_joined')).channelId, channelId, 'channelId as it is answered');
      await chat.say(ada, channelId);
      await ben.next('messageBroadcast');
      await chat.join(ben, ZERO_UUID);
    },
  ],
  [
    'JOIN-5',
    'an entityId may be any string, such as user-123',
    async (chat) => {
      const client = await chat.connect();
      chat.needsGuest(client, 'who is signed in can act as nobody else');
      await chat.join(client, chat.trial.newId(), {
        entityId: 'user-123',
        metadata: { isDm: true, anything: [1] },
      });
    },
    "entityId: 'user-123',",
  ],
  [
    'JOIN-8',
    'a join is answered with channel_joined, to the sender only',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      await chat.catchUp(ada);
      for (const client of [ada, ben])
        mustEqual(
          chat.heard(client, 'channel_joined', channelId).length,
          1,
          'how often channel_joined comes',
        );
    },
    CONFIRMED,
  ],
  [
    'JOIN-9',
    'channel_joined says so, with the channel in channelId and roomId',
    async (chat) => {
      const channelId = chat.trial.newId();
      const joined = await chat.join(await chat.connect(), channelId);
      mustHave(joined, { channelId, roomId: channelId }, 'channel_joined');
      must(typeof joined.message === 'string' && joined.message !== '', 'channel_joined has no message');
    },
    'roomId: string;       // Same as channelId (backward compatibility)',
  ],
  [
    'JOIN-10',
    'channel_joined has the agent that the join named, and none where it named none',
    async (chat) => {
      const client = await chat.connect();
      const channelId = chat.trial.newId();
      mustEqual((await chat.join(client, channelId)).agentId, undefined, 'agentId where none was named');
      client.emit('join_channel', { channelId, agentId: AGENT_ID });
      const reason = 'the server has agents, and not the one of the document';
      const { agentId } = await chat.nextUnless(client, 'channel_joined', 'AGENT_NOT_FOUND', reason);
      mustEqual(agentId, AGENT_ID, 'channel_joined.agentId');
    },
    'agentId?: string;     // Agent UUID if provided',
  ],
  [
    'JOIN-13',
    'joining again is answered again, and brings no event twice',
    async (chat) => {
      const { channelId, client } = await chat.channel();
      await chat.join(client, channelId);
      await chat.say(client, channelId);
      await chat.catchUp(client);
      mustEqual(chat.heard(client, 'messageBroadcast', channelId).length, 1, 'how often the message comes');
    },
  ],
  [
    'JOIN-14',
    'a connection may be in several channels',
    async (chat) => {
      const channels = [chat.trial.newId(), chat.trial.newId(), chat.trial.newId()];
      const client = await chat.connect();
      for (const channelId of channels) await chat.join(client, channelId);
      const other = await chat.connect();
      for (const channelId of channels) {
        await chat.say(other, channelId, { text: channelId });
        await client.next('messageBroadcast', ({ roomId }) => roomId === channelId);
      }
    },
  ],
  ...wrongRows,
];
