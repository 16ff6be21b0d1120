import { must, mustEqual, show } from '../../check/expectations';
import { AGENT_ID, type ChatRow } from '../chat/chat-trial';

const SENT_FIRST = 'Sent immediately after successful connection.';
const GIVEN = 'Agent ID if provided during connection';

/** The document’s section “Connection”. */
export const CONNECTION: readonly ChatRow[] = [
  [
    'CONN-2',
    'a client connects by WebSocket alone, and by polling alone',
    async ({ trial }) => {
      for (const transport of ['websocket', 'polling']) {
        const client = await trial.connect({ transports: [transport] });
        await client.next('connection_established');
      }
    },
    "transports: ['websocket']",
  ],
  [
    'CONN-4',
    'connection_established comes first, and once, to each connection',
    async (chat) => {
      const first = await chat.connect();
      const second = await chat.connect();
      for (const client of [first, second]) {
        await chat.catchUp(client);
        mustEqual(client.timeline[0], 'connection_established', 'the first event');
        mustEqual(client.all('connection_established').length, 1, 'how often connection_established comes');
      }
    },
    SENT_FIRST,
  ],
  [
    'CONN-5',
    'connection_established has the message of the document, word for word',
    async (chat) => {
      const [greeting] = (await chat.connect()).all('connection_established');
      mustEqual(greeting?.message, 'Connected to Eliza Socket.IO server', 'connection_established.message');
    },
    'message: string;      // "Connected to Eliza Socket.IO server"',
  ],
  [
    'CONN-6',
    'connection_established has the id of the connection',
    async (chat) => {
      const client = await chat.connect();
      const socketId = client.all('connection_established')[0]?.socketId;
      must(socketId === client.socket.id, 'connection_established.socketId is not the id of the connection');
    },
    'socketId: string;     // Unique socket ID for this connection',
  ],
  [
    'CONN-7',
    'connection_established repeats the agent given while connecting, and has none where none was',
    async (chat) => {
      for (const options of [{ auth: { agentId: AGENT_ID } }, { query: { agentId: AGENT_ID } }]) {
        const [greeting] = (await chat.connect(options)).all('connection_established');
        mustEqual(
          greeting?.agentId,
          AGENT_ID,
          `connection_established.agentId, given as ${Object.keys(options)}`,
        );
      }
      const [without] = (await chat.connect()).all('connection_established');
      mustEqual(without?.agentId, undefined, 'connection_established.agentId where none was given');
    },
    GIVEN,
  ],
  [
    'CONN-8',
    'the agent in auth goes before that in the query, and what is none counts as not given',
    async (chat) => {
      const both = { auth: { agentId: AGENT_ID }, query: { agentId: 'of the query' } };
      const [greeting] = (await chat.connect(both)).all('connection_established');
      mustEqual(greeting?.agentId, AGENT_ID, 'agentId where auth and query have one');
      for (const agentId of ['', 'a'.repeat(257), 7, null, { id: AGENT_ID }]) {
        const [without] = (await chat.connect({ auth: { agentId } })).all('connection_established');
        mustEqual(without?.agentId, undefined, `agentId where ${show(agentId)} was given`);
      }
      const [longest] = (await chat.connect({ auth: { agentId: 'a'.repeat(256) } })).all(
        'connection_established',
      );
      mustEqual(longest?.agentId, 'a'.repeat(256), 'an agentId of 256 characters');
    },
    GIVEN,
  ],
  [
    'CONN-9',
    'a connection that is gone is a member no more, and neither is the next one of the same client',
    async (chat) => {
      const { channelId, ada, ben } = await chat.pair();
      ben.drop();
      const again = await chat.connect();
      await chat.say(ada, channelId);
      await chat.catchUp(again);
      mustEqual(
        chat.heard(again, 'messageBroadcast', channelId).length,
        0,
        'messages heard before joining again',
      );
      await chat.join(again, channelId);
      await chat.say(ada, channelId, { text: 'Again.' });
      await again.next('messageBroadcast');
    },
    'Emitted when the connection is terminated.',
  ],
  [
    'CONN-11',
    'events sent without waiting for connection_established are taken',
    async ({ trial }) => {
      const client = trial.open();
      const channelId = trial.newId();
      client.emit('join_channel', { channelId });
      const joined = await client.next('channel_joined');
      must(joined.channelId === channelId, `channel_joined has ${show(joined)}`);
    },
  ],
];
