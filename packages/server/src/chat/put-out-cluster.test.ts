import { defineContract, defineEvent } from '@wirepact/contract';
import { SESSION_NAMES } from '@wirepact/contract/runtime';
import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { attachChatServer, attachContract, type ChatServerOptions, createMemoryStore } from '../index';
import { createTestCluster } from '../runtime/test-cluster';
import { CHANNEL, connect, join, type Recorder, record, silent } from './test-chat';

const authenticate: ChatServerOptions['authenticate'] = ({ auth }) => ({ entityId: String(auth.as) });
const as = (name: string) => ({ auth: { as: name } });
const toldOf = ({ received }: Recorder, event: string) =>
  received.filter((one) => one.event === event).map(({ payload }) => payload);

/** Two chat servers whose Socket.IO servers reach each other, which ask whether somebody may be where they are. */
async function createChats(mayStay: (entityId: string) => boolean = () => true) {
  const cluster = createTestCluster();
  const addChat = async () => {
    const node = await cluster.addNode();
    const authorize: ChatServerOptions['authorize'] = ({ identity, event }) =>
      event !== 'join_channel' || mayStay(identity?.entityId ?? '');
    const chat = attachChatServer(node.io, { logger: silent, rateLimit: false, authenticate, authorize });
    onTestFinished(() => chat.close());
    return { ...node, chat };
  };
  return [await addChat(), await addChat()] as const;
}

test('[A3] whoever is put out is so in every process that the adapter reaches, with the reason, and nobody else', async () => {
  const [one, other] = await createChats();
  const [here, there] = [await connect(one.url, as('ada')), await connect(other.url, as('ada'))];
  const bob = await connect(other.url, as('bob'));
  expect(one.chat.disconnect('ada', 'Enough.')).toBe(1);
  for (const { socket } of [here, there]) await expect.poll(() => socket.connected).toBe(false);
  const end = { reason: 'KICKED', message: 'Enough.', reconnect: false };
  for (const client of [here, there]) expect(toldOf(client, 'connection_ended')).toEqual([end]);
  const renewed = await connect(other.url, as('cleo'));
  expect(one.chat.disconnect('cleo', { reconnect: true })).toBe(0);
  await expect.poll(() => renewed.socket.connected).toBe(false);
  expect(toldOf(renewed, 'connection_ended')).toMatchObject([
    { reason: 'IDENTITY_EXPIRED', reconnect: true },
  ]);
  expect(bob.socket.connected).toBe(true);
});

test('[A3] whoever is taken out of a channel is so in every process, and stays connected', async () => {
  let isBobWelcome = true;
  const [one, other] = await createChats((entityId) => entityId !== 'bob' || isBobWelcome);
  const [ada, bob] = [await join(other.url, as('ada')), await join(other.url, as('bob'))];
  expect(one.chat.channels.remove(CHANNEL.toUpperCase(), 'ada')).toBe(0);
  await expect
    .poll(() => toldOf(ada, 'channel_left'))
    .toMatchObject([{ channelId: CHANNEL, reason: 'REMOVED' }]);
  expect(toldOf(bob, 'channel_left')).toEqual([]);
  isBobWelcome = false;
  expect(await one.chat.channels.recheck(CHANNEL)).toBe(0);
  await expect
    .poll(() => toldOf(bob, 'channel_left'))
    .toMatchObject([{ channelId: CHANNEL, reason: 'FORBIDDEN' }]);
  expect([ada.socket.connected, bob.socket.connected]).toEqual([true, true]);
});

test('what another process says without sense, as one of another version may, puts nobody out and ends nothing', async () => {
  const [one, other] = await createChats();
  const ada = await join(other.url, as('ada'));
  const topics = ['disconnect', 'kick:channels', 'kick:rooms'];
  const nonsense = [
    null,
    7,
    'ada',
    [],
    {},
    { entityId: 7 },
    { roomId: CHANNEL, entityId: 7 },
    { roomId: {} },
  ];
  for (const topic of topics) for (const said of nonsense) one.io.serverSideEmit(`wirepact:${topic}`, said);
  one.chat.disconnect('nobody');
  const bob = await connect(other.url, as('bob'));
  one.chat.disconnect('bob');
  await expect.poll(() => bob.socket.connected).toBe(false);
  expect(ada.socket.connected).toBe(true);
  expect(toldOf(ada, 'channel_left')).toEqual([]);
});

test('[A3] so it is for the rooms of any contract', async () => {
  const board = defineContract({
    name: 'board',
    version: '1.0.0',
    clientToServer: {},
    serverToClient: {
      cardMoved: defineEvent({
        description: 'A card was moved.',
        payload: Type.Object({ boardId: Type.String() }),
        durable: true,
        room: { name: 'board', property: 'boardId' },
      }),
    },
  });
  const cluster = createTestCluster();
  const addBoard = async () => {
    const node = await cluster.addNode();
    const options = { handlers: {}, logger: silent, rateLimit: false as const, authenticate };
    const server = attachContract(node.io, board, { ...options, store: createMemoryStore() });
    onTestFinished(() => server.close());
    return { ...node, server };
  };
  const [one, other] = [await addBoard(), await addBoard()];
  const ada = record(other.url, as('ada'));
  await ada.waitFor(SESSION_NAMES.established);
  const room = { room: 'board', id: 'b1' };
  await ada.ask(SESSION_NAMES.join, room);
  expect(one.server.channel('board', 'b1').remove('ada')).toBe(0);
  await expect.poll(() => toldOf(ada, SESSION_NAMES.left)).toMatchObject([{ ...room, reason: 'REMOVED' }]);
  expect(one.server.disconnect('ada')).toBe(0);
  await expect.poll(() => ada.socket.connected).toBe(false);
});
