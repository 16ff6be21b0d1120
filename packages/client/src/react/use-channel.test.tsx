// @vitest-environment happy-dom
import { type ReactNode, useState } from 'react';
import { expect, test } from 'vitest';
import { useChatFixture as createFixture } from '../../test/chat-fixture';
import { QUICK } from '../../test/react-chat';
import { mount } from '../../test/react-root';
import { CHANNEL, failure, OTHER_CHANNEL, success } from '../../test/socket-server';
import type { Channel } from '../index';
import { type ChannelOptions, ChatProvider, useChannel, useMessages, useSendMessage } from './index';

const fixture = createFixture();

/** The channels that components have seen, each once. */
const seen = new Set<Channel>();

function Room({ id = CHANNEL, options }: { id?: string; options?: ChannelOptions }) {
  const { channel, state, error, join } = useChannel(id, options);
  if (channel) seen.add(channel);
  return (
    <button type="button" onClick={join}>
      {[state, error?.code].filter(Boolean).join(' ')}
    </button>
  );
}

function show(children: ReactNode) {
  seen.clear();
  const chat = fixture.client(QUICK);
  const wrap = (shown: ReactNode) => <ChatProvider client={chat}>{shown}</ChatProvider>;
  const page = mount(wrap(children));
  return { ...page, chat, show: (shown: ReactNode) => page.show(wrap(shown)) };
}

const click = (page: { element: HTMLElement }) => page.element.querySelector('button')?.click();
const joins = () => fixture.server.payloadsOf('join_channel').map(({ channelId }) => channelId);
const leaves = () => fixture.server.payloadsOf('leave_channel').map(({ channelId }) => channelId);

test('two components are one join, and the last to go leaves', async () => {
  const page = show([<Room key="1" />, <Room key="2" id={CHANNEL.toUpperCase()} />]);
  await expect.poll(page.text).toBe('joinedjoined');
  expect(seen.size).toBe(1);
  page.show([<Room key="2" />]);
  await expect.poll(page.text).toBe('joined');
  // What comes after it has arrived: the first of them to go has left nothing.
  await page.chat.request('heartbeat');
  expect([joins(), leaves()]).toEqual([[CHANNEL], []]);
  page.show(null);
  await fixture.server.until(() => leaves().length === 1);
  page.show(<Room />);
  await expect.poll(page.text).toBe('joined');
  expect([joins(), seen.size]).toEqual([[CHANNEL, CHANNEL], 2]);
});

test('a channel takes the place of another; one that both pages use is kept', async () => {
  const Page = ({ ids }: { ids: string[] }) => ids.map((id) => <Room key={id} id={id} />);
  const page = show(<Page key="first" ids={[CHANNEL]} />);
  await expect.poll(page.text).toBe('joined');
  page.show(<Page key="second" ids={[CHANNEL, OTHER_CHANNEL]} />);
  await expect.poll(page.text).toBe('joinedjoined');
  page.show(<Page key="third" ids={[OTHER_CHANNEL]} />);
  await fixture.server.until(() => leaves().length > 0);
  expect([joins(), leaves()]).toEqual([[CHANNEL, OTHER_CHANNEL], [CHANNEL]]);
});

test('the properties of a channel are there, and change', async () => {
  fixture.server.answers.join_channel = ({ channelId }) =>
    success({ channelId, properties: { name: 'Lobby' }, epoch: 'one', seq: 0 });
  const Title = () => [useChannel(CHANNEL).properties.name, useChannel(CHANNEL).properties.topic].join(' ');
  const page = show(<Title />);
  await expect.poll(page.text).toBe('Lobby ');
  const changed = { channelId: CHANNEL, updates: { topic: 'News' }, seq: 1, epoch: 'one' };
  fixture.server.socket.emit('channelUpdated', changed);
  await expect.poll(page.text).toBe('Lobby News');
});

test('the id of a component changes', async () => {
  let go: (id: string) => void = () => {};
  function Page() {
    const [id, setId] = useState(CHANNEL);
    go = setId;
    return <Room id={id} />;
  }
  const page = show(<Page />);
  await expect.poll(page.text).toBe('joined');
  go(OTHER_CHANNEL);
  await fixture.server.until(() => leaves().length > 0);
  await expect.poll(page.text).toBe('joined');
  expect([joins(), leaves()]).toEqual([[CHANNEL, OTHER_CHANNEL], [CHANNEL]]);
});

test.each(['around', 'inside'])(
  'a channel is joined as the component that says how wants it: %s',
  async (where) => {
    const agentId = '987fcdeb-51a2-43f1-b012-123456789abc';
    const options = { agentId, metadata: { isDm: false }, history: 7 };
    function Around() {
      useChannel(CHANNEL, where === 'around' ? options : undefined);
      return <Room {...(where === 'inside' && { options })} />;
    }
    const page = show(<Around />);
    await expect.poll(page.text).toBe('joined');
    await fixture.server.until(() => fixture.server.events.includes('list_messages'));
    expect(fixture.server.payloadsOf('join_channel')).toEqual([
      expect.objectContaining({ agentId, metadata: { isDm: false } }),
    ]);
    expect(fixture.server.payloadsOf('list_messages')).toEqual([expect.objectContaining({ limit: 7 })]);
  },
);

test('what refuses a channel for now is asked again; it says why meanwhile', async () => {
  let refusals = 0;
  let accept = () => {};
  fixture.server.answers.join_channel = ({ channelId }) => {
    refusals += 1;
    if (refusals === 1) return failure('RATE_LIMITED', { retryable: true, retryAfterMs: 1 });
    return new Promise((resolve) => {
      accept = () => resolve(success({ channelId }));
    });
  };
  const page = show(<Room />);
  await expect.poll(page.text).toBe('joining RATE_LIMITED');
  await fixture.server.until(() => refusals === 2);
  accept();
  await expect.poll(page.text).toBe('joined');
});

test('a channel that is refused for good is asked again by join, and with the next connection', async () => {
  fixture.server.answers.join_channel = () => failure('FORBIDDEN');
  const page = show(<Room />);
  await expect.poll(page.text).toBe('failed FORBIDDEN');
  click(page);
  await fixture.server.until(() => joins().length === 2);
  await expect.poll(page.text).toBe('failed FORBIDDEN');
  fixture.server.answers.join_channel = ({ channelId }) => success({ channelId });
  fixture.server.cut();
  await expect.poll(page.text).toBe('joined');
  expect(joins()).toHaveLength(3);
});

test('who is taken out says so, and asks to be let in again', async () => {
  const page = show(<Room />);
  await expect.poll(page.text).toBe('joined');
  fixture.server.socket.emit('channel_left', { channelId: CHANNEL, reason: 'REMOVED', message: 'Go.' });
  await expect.poll(page.text).toBe('removed REMOVED');
  click(page);
  await expect.poll(page.text).toBe('joined');
  expect(seen.size).toBe(1);
});

test('who has gone asks for nothing any more', async () => {
  let join = () => {};
  function Keeper() {
    join = useChannel(CHANNEL).join;
    return null;
  }
  const page = show(<Keeper />);
  await fixture.server.until(() => joins().length === 1);
  page.show('gone');
  await expect.poll(page.text).toBe('gone');
  await fixture.server.until(() => leaves().length === 1);
  join();
  await page.chat.request('heartbeat');
  expect(joins()).toHaveLength(1);
});

test('without a connection a channel waits for one, however long that takes', async () => {
  const page = show(<Room />);
  page.chat.disconnect();
  await expect.poll(page.text).toBe('joining DISCONNECTED');
  await page.chat.connect();
  await expect.poll(page.text).toBe('joined');
});

test('who goes before a channel is joined leaves it once it is', async () => {
  let accept = () => {};
  fixture.server.answers.join_channel = ({ channelId }) =>
    new Promise((resolve) => {
      accept = () => resolve(success({ channelId }));
    });
  const page = show(<Room />);
  await fixture.server.until(() => joins().length === 1);
  page.show(null);
  await expect.poll(page.text).toBe('');
  await new Promise((resolve) => setTimeout(resolve, 0));
  accept();
  await fixture.server.until(() => leaves().length === 1);
});

test('a channel is left once none of its messages waits to be sent or has failed', async () => {
  let accept = (_answer: unknown) => {};
  fixture.server.answers.send_message = () =>
    new Promise((resolve) => {
      accept = resolve;
    });
  let send: (text: string) => unknown = () => {};
  function Writer() {
    useMessages(CHANNEL);
    send = useSendMessage(CHANNEL).send;
    return <Room />;
  }
  const page = show(<Writer />);
  await expect.poll(page.text).toBe('joined');
  send('Wait for me');
  await fixture.server.until(() => fixture.server.events.includes('send_message'));
  page.show(null);
  await expect.poll(page.text).toBe('');
  await page.chat.request('heartbeat');
  expect(leaves()).toEqual([]);
  page.show(<Room />);
  await expect.poll(page.text).toBe('joined');
  accept(failure('FORBIDDEN'));
  const [channel] = seen;
  await expect.poll(() => channel?.view.get().messages.map(({ status }) => status)).toEqual(['failed']);
  page.show(null);
  await expect.poll(page.text).toBe('');
  await page.chat.request('heartbeat');
  expect(leaves()).toEqual([]);
  channel?.discard(channel.view.get().messages[0]?.clientMessageId ?? '');
  await fixture.server.until(() => leaves().length === 1);
  expect([joins(), seen.size]).toEqual([[CHANNEL], 1]);
});
