// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { useChatFixture as createFixture } from '../../test/chat-fixture';
import { QUICK } from '../../test/react-chat';
import { mount } from '../../test/react-root';
import { CHANNEL, MESSAGE, OTHER_CHANNEL } from '../../test/socket-server';
import {
  ChatProvider,
  type Messages,
  type SendMessage,
  useChannel,
  useConnection,
  useLogs,
  useMessages,
  useSendMessage,
} from './index';

const fixture = createFixture();

/** Each hook in a component of its own, which counts how often it is rendered. */
function createCounters() {
  const renders = { connection: 0, channel: 0, messages: 0, send: 0, logs: 0 };
  const seen: { messages: Messages[]; sending: SendMessage[] } = { messages: [], sending: [] };
  const count = (name: keyof typeof renders, _value: unknown) => {
    renders[name] += 1;
    return null;
  };
  const Connection = () => count('connection', useConnection());
  const Channel = () => count('channel', useChannel(CHANNEL, { history: 0 }));
  const List = () => count('messages', seen.messages.push(useMessages(CHANNEL)));
  const Writer = () => count('send', seen.sending.push(useSendMessage(CHANNEL)));
  const Log = () => count('logs', useLogs({ level: 'warn' }));
  const all = [
    <Connection key="1" />,
    <Channel key="2" />,
    <List key="3" />,
    <Writer key="4" />,
    <Log key="5" />,
  ];
  return { renders, seen, all };
}

const message = (channelId: string, seq: number) => ({
  ...{ id: MESSAGE, senderId: 'bob', senderName: 'Bob', text: 'Hi', roomId: channelId, serverId: channelId },
  ...{ createdAt: 1_790_000_000_000, source: 'test', seq, epoch: 'one' },
});

const entry = (id: number) => ({
  ...{
    id: String(id),
    timestamp: '2026-11-30T00:00:00.000Z',
    level: 'warn',
    category: 'test',
    message: 'Look!',
  },
});

/** Renders the counters until all is settled; `settle` waits until whatever was sent before has been taken in. */
async function start() {
  const chat = fixture.client(QUICK);
  const { renders, seen, all } = createCounters();
  fixture.server.answers.list_messages = ({ channelId }) => ({
    ok: true,
    data: { channelId, messages: [], hasMore: false, epoch: 'one', seq: 0 },
  });
  fixture.server.answers.join_channel = ({ channelId }) => ({
    ok: true,
    data: { channelId, epoch: 'one', seq: 0 },
  });
  const page = mount(<ChatProvider client={chat}>{all}</ChatProvider>, { isStrict: false });
  await expect.poll(() => seen.messages.at(-1)?.isLoading).toBe(false);
  await fixture.server.until(() => fixture.server.events.includes('set_log_filter'));
  const settle = async () => {
    await chat.request('heartbeat');
    await new Promise((resolve) => setTimeout(resolve, 0));
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  await settle();
  const renderedBy = async (act: () => unknown) => {
    const before = { ...renders };
    await act();
    await settle();
    return Object.keys(renders).filter((name) => {
      const key = name as keyof typeof renders;
      return renders[key] > before[key];
    });
  };
  return { chat, page, seen, all, renders, renderedBy };
}

test('what did not change renders nothing', async () => {
  const { chat, seen, renderedBy } = await start();
  const { socket } = fixture.server;
  await chat.join(OTHER_CHANNEL);
  expect(await renderedBy(() => socket.emit('messageBroadcast', message(OTHER_CHANNEL, 1)))).toEqual([]);
  expect(await renderedBy(() => socket.emit('log_update', entry(1)))).toEqual(['logs']);
  expect(await renderedBy(() => socket.emit('log_update', { ...entry(2), level: 'info' }))).toEqual([]);
  expect(await renderedBy(() => socket.emit('messageBroadcast', message(CHANNEL, 1)))).toEqual(['messages']);
  expect(
    await renderedBy(() =>
      socket.emit('channelUpdated', { channelId: CHANNEL, updates: { name: 'New' }, seq: 2, epoch: 'one' }),
    ),
  ).toEqual(['channel']);
  expect(await renderedBy(() => socket.emit('messageBroadcast', message(CHANNEL, 1)))).toEqual([]);
  const [one, other] = seen.messages.slice(-2);
  expect(one?.outgoing).toBe(other?.outgoing);
  expect(one?.loadOlder).toBe(other?.loadOlder);
});

test('a component that is rendered for another reason gets the same objects', async () => {
  const { chat } = await start();
  const seen: object[][] = [];
  function Probe({ reason }: { reason: number }) {
    seen.push([
      useConnection(),
      useChannel(CHANNEL),
      useMessages(CHANNEL),
      useSendMessage(CHANNEL),
      useLogs(),
    ]);
    return reason;
  }
  const shown = (reason: number) => (
    <ChatProvider client={chat}>
      <Probe reason={reason} />
    </ChatProvider>
  );
  const page = mount(shown(1), { isStrict: false });
  await expect.poll(page.text).toBe('1');
  page.show(shown(2));
  await expect.poll(page.text).toBe('2');
  const [before = [], after = []] = seen.slice(-2);
  expect(after.map((one, index) => one === before[index])).toEqual([true, true, true, true, true]);
});

test('a message that is sent renders its list and its sender alone', async () => {
  const { seen, renderedBy } = await start();
  const rendered = await renderedBy(() => seen.sending.at(-1)?.send('Hello!'));
  expect(rendered).toEqual(['messages', 'send']);
  expect(new Set(seen.sending.slice(-3).map(({ send }) => send)).size).toBe(1);
});
