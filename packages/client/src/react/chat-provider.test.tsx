// @vitest-environment happy-dom
import { Component, type ReactNode } from 'react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { useChatFixture as createFixture } from '../../test/chat-fixture';
import { countListeners } from '../../test/count-listeners';
import { QUICK } from '../../test/react-chat';
import { mount } from '../../test/react-root';
import { CHANNEL, OTHER_CHANNEL, SocketServer } from '../../test/socket-server';
import type { ChatClient } from '../index';
import { ChatProvider, useChannel, useChatClient, useConnection, useLogs, useMessages } from './index';

const fixture = createFixture();

/** The clients that components have seen, each once. */
const seen = new Set<ChatClient>();
/** What the connection was in every render. */
let statuses: string[] = [];

function Status() {
  seen.add(useChatClient());
  const { status } = useConnection();
  statuses.push(status);
  return <p>{status}</p>;
}

const Room = ({ id = CHANNEL }: { id?: string }) => <p>{useChannel(id).state}</p>;

/** Shows what a component throws. */
class Boundary extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};
  static getDerivedStateFromError = (error: Error) => ({ error });
  override render = () => this.state.error?.message ?? this.props.children;
}

const connections = () => fixture.server.io.sockets.sockets.size;

test('one client connects once under StrictMode, and is closed with its provider', async () => {
  seen.clear();
  statuses = [];
  const page = mount(
    <ChatProvider url={fixture.server.url} options={QUICK}>
      <Status />
      <Room />
    </ChatProvider>,
  );
  expect(page.text()).toBe('');
  await expect.poll(page.text).toBe('connectedjoined');
  expect(fixture.server.sockets).toHaveLength(1);
  expect(seen.size).toBe(1);
  // Nothing says that there is no connection before one was tried.
  expect([...new Set(statuses)]).toEqual(['connecting', 'connected']);
  page.unmount();
  await expect.poll(connections).toBe(0);
  const [chat] = seen;
  expect(chat?.connection.get().error?.code).toBe('CLOSED');
  expect(fixture.server.sockets).toHaveLength(1);
});

test('what is shown again and again in one place keeps its client', async () => {
  seen.clear();
  const page = mount(
    <ChatProvider url={fixture.server.url} options={QUICK}>
      <Status />
    </ChatProvider>,
  );
  await expect.poll(page.text).toBe('connected');
  page.show(
    <ChatProvider url={fixture.server.url} options={{ ...QUICK, entityId: 'other' }}>
      <Status />
      <Room />
    </ChatProvider>,
  );
  await expect.poll(page.text).toBe('connectedjoined');
  expect([seen.size, fixture.server.sockets.length]).toEqual([1, 1]);
});

test('another url or key is another client; the one before is closed', async () => {
  seen.clear();
  const other = await SocketServer.start();
  onTestFinished(() => other.close());
  const shown = (url: string, key: string) => (
    <ChatProvider key={key} url={url} options={QUICK}>
      <Status />
      <Room />
    </ChatProvider>
  );
  const page = mount(shown(fixture.server.url, 'one'));
  await expect.poll(page.text).toBe('connectedjoined');
  page.show(shown(other.url, 'one'));
  await expect.poll(connections).toBe(0);
  await expect.poll(page.text).toBe('connectedjoined');
  page.show(shown(other.url, 'two'));
  await expect.poll(() => other.sockets.length).toBe(2);
  await expect.poll(page.text).toBe('connectedjoined');
  expect([seen.size, other.io.sockets.sockets.size]).toEqual([3, 1]);
});

test('a given client is neither connected nor closed, and has no listener left', async () => {
  const chat = fixture.client({ autoConnect: false });
  const { client, count } = countListeners(chat);
  function Everything() {
    useMessages(CHANNEL);
    useLogs();
    return <Room id={OTHER_CHANNEL} />;
  }
  const page = mount(
    <ChatProvider client={client}>
      <Status />
      <Everything />
      <Room />
    </ChatProvider>,
  );
  await expect.poll(page.text).toBe('disconnectedjoiningjoining');
  expect(fixture.server.sockets).toHaveLength(0);
  await chat.connect();
  await expect.poll(page.text).toBe('connectedjoinedjoined');
  expect(count()).toBeGreaterThan(5);
  page.unmount();
  await expect.poll(count).toBe(0);
  expect(chat.connection.get().status).toBe('connected');
  await fixture.server.until(
    () => fixture.server.events.filter((event) => event === 'leave_channel').length === 2,
  );
});

test('with autoConnect: false the application connects', async () => {
  seen.clear();
  const page = mount(
    <ChatProvider url={fixture.server.url} options={{ ...QUICK, autoConnect: false }}>
      <Status />
      <Room />
    </ChatProvider>,
  );
  await expect.poll(page.text).toBe('disconnectedjoining');
  for (const chat of seen) void chat.connect();
  await expect.poll(page.text).toBe('connectedjoined');
});

test('a connection that was lost comes back, and its channels with it', async () => {
  const page = mount(
    <ChatProvider url={fixture.server.url} options={QUICK}>
      <Status />
      <Room />
    </ChatProvider>,
  );
  await expect.poll(page.text).toBe('connectedjoined');
  fixture.server.cut();
  await fixture.server.until(() => fixture.server.sockets.length === 2);
  await expect.poll(page.text).toBe('connectedjoined');
  expect(fixture.server.payloadsOf('join_channel')).toHaveLength(2);
});

test('a hook without a provider, a client that is not there, and a URL that is none, say so to the next error boundary', async () => {
  const silenced = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => silenced.mockRestore());
  window.addEventListener('error', (event) => event.preventDefault());
  const page = mount(
    <>
      <Boundary>
        <Status />
      </Boundary>
      <Boundary>
        <ChatProvider url="localhost:3000">
          <Status />
        </ChatProvider>
      </Boundary>
      <Boundary>
        {/* @ts-expect-error a client that is created later */}
        <ChatProvider client={undefined}>
          <Status />
        </ChatProvider>
      </Boundary>
    </>,
  );
  await expect.poll(page.text).toContain('There is no ChatProvider around this component');
  expect(page.text()).toContain(
    'A provider needs a `client`, or the `url` of a server, but its `client` is undefined',
  );
  expect(page.text()).toContain('the URL must be that of a server');
});
