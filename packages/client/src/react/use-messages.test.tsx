// @vitest-environment happy-dom
import { ZERO_UUID } from '@wirepact/protocol';
import { expect, onTestFinished, test } from 'vitest';
import { QUICK, serveChat } from '../../test/react-chat';
import { mount } from '../../test/react-root';
import { CHANNEL, failure, SocketServer } from '../../test/socket-server';
import type { Channel, ChatClientOptions } from '../index';
import {
  ChatProvider,
  type Messages,
  type SendMessage,
  useChannel,
  useMessages,
  useSendMessage,
} from './index';

interface Seen {
  messages: Messages;
  sending: SendMessage;
  /** Every value that `isSending` has had. */
  isSending: boolean[];
}

/** Shows the messages of a channel, and gives what its hooks have. */
function showList(url: string, options: ChatClientOptions = QUICK) {
  const seen = { isSending: [] as boolean[] } as Seen;
  function List({ channel = CHANNEL }: { channel?: Channel | string | undefined }) {
    seen.messages = useMessages(channel);
    seen.sending = useSendMessage(channel);
    if (seen.isSending.at(-1) !== seen.sending.isSending) seen.isSending.push(seen.sending.isSending);
    const { messages, isLoading } = seen.messages;
    return (
      <>
        {isLoading ? 'loading: ' : ''}
        {messages.map(({ key, text, status }) => (
          <i key={key}>
            {text} {status},
          </i>
        ))}
      </>
    );
  }
  const page = mount(
    <ChatProvider url={url} options={options}>
      <List />
    </ChatProvider>,
  );
  return { page, seen };
}

/** A message of somebody else. */
const say = (text: string) => ({
  ...{ channelId: CHANNEL, serverId: ZERO_UUID, senderId: 'bob', senderName: 'Bob', source: 'test', text },
});

const textsOf = ({ messages }: Pick<Messages, 'messages'>) => messages.map(({ text }) => text);

test('the newest messages are there, older ones on demand, new ones as they come', async () => {
  const { server, url } = await serveChat();
  await server.channels.create({ id: CHANNEL });
  for (let number = 1; number <= 120; number += 1) await server.messages.post(say(`m${number}`));
  const { page, seen } = showList(url);
  await expect.poll(page.text).toMatch(/^m71 sent,.*m120 sent,$/);
  expect([seen.messages.hasOlder, seen.messages.isLoading, seen.messages.error]).toEqual([
    true,
    false,
    undefined,
  ]);
  await seen.messages.loadOlder();
  await expect.poll(page.text).toMatch(/^m21 sent,/);
  await Promise.all([seen.messages.loadOlder(), seen.messages.loadOlder()]);
  await expect.poll(page.text).toMatch(/^m1 sent,/);
  expect([seen.messages.messages.length, seen.messages.hasOlder]).toEqual([120, false]);
  await server.messages.post(say('new'));
  await expect.poll(page.text).toMatch(/m120 sent,new sent,$/);
});

test('a message is there from the moment it is sent', async () => {
  const { url } = await serveChat();
  const { page, seen } = showList(url);
  await expect.poll(() => seen.messages?.isLoading).toBe(false);
  const sent = seen.sending.send('Hello!');
  await expect.poll(page.text).toMatch(/^Hello! (pending|sent),$/);
  const result = await sent;
  expect(result).toMatchObject({ ok: true, data: { messageId: expect.any(String) } });
  await expect.poll(page.text).toBe('Hello! sent,');
  await expect.poll(() => seen.isSending).toEqual([false, true, false]);
  expect([seen.sending.error, seen.messages.outgoing]).toEqual([undefined, []]);
});

test('what is sent before the channel is joined is sent once it is', async () => {
  const { url } = await serveChat();
  const { page, seen } = showList(url);
  await expect.poll(() => seen.sending).toBeDefined();
  const sent = seen.sending.send('Early');
  expect((await sent).ok).toBe(true);
  await expect.poll(page.text).toBe('Early sent,');
});

test('a message that fails stays, with its error, to be sent again or discarded', async () => {
  const server = await SocketServer.start();
  onTestFinished(() => server.close());
  server.answers.send_message = () => failure('FORBIDDEN');
  server.answers.list_messages = () => failure('FORBIDDEN');
  const { page, seen } = showList(server.url);
  await expect.poll(() => seen.messages?.error?.code).toBe('FORBIDDEN');
  expect(seen.messages.isLoading).toBe(false);
  const result = await seen.sending.send('No');
  expect(result).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  await expect.poll(page.text).toBe('No failed,');
  await expect.poll(() => seen.sending.error?.code).toBe('FORBIDDEN');
  const [failed] = seen.messages.outgoing;
  expect(failed).toMatchObject({ status: 'failed', error: { code: 'FORBIDDEN' } });
  expect((await seen.sending.retry(failed?.clientMessageId ?? '')).ok).toBe(false);
  expect(server.payloadsOf('send_message')).toHaveLength(2);
  await expect.poll(page.text).toBe('No failed,');
  seen.sending.discard(failed?.clientMessageId ?? '');
  await expect.poll(page.text).toBe('');
  expect(await seen.sending.send('')).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD' } });
});

test('messages wait for the connection, and say so', async () => {
  const { server, url } = await serveChat();
  const { page, seen } = showList(url, { ...QUICK, reconnectionDelay: 100, reconnectionDelayMax: 100 });
  await expect.poll(() => seen.messages?.isLoading).toBe(false);
  await server.close();
  const sent = [seen.sending.send('one'), seen.sending.send('two')];
  await expect.poll(page.text).toBe('one pending,two pending,');
  await expect.poll(() => seen.messages.waiting?.for).toBe('connection');
  expect(textsOf({ messages: seen.messages.outgoing })).toEqual(['one', 'two']);
  const again = await serveChat();
  await again.server.close();
  page.unmount();
  expect((await Promise.all(sent)).map((result) => result.ok || result.error.code)).toEqual([
    'CLOSED',
    'CLOSED',
  ]);
});

test('a channel that useChannel gave is read without another join', async () => {
  const { url } = await serveChat();
  function List({ channel }: { channel: Channel | undefined }) {
    return textsOf(useMessages(channel)).join();
  }
  function Writer({ channel }: { channel: Channel }) {
    const { send } = useSendMessage(channel);
    return (
      <button type="button" onClick={() => send('Hi')}>
        Send
      </button>
    );
  }
  function Page() {
    const { channel } = useChannel(CHANNEL);
    return (
      <>
        {channel && <Writer channel={channel} />}
        <List channel={channel} />
      </>
    );
  }
  const page = mount(
    <ChatProvider url={url} options={QUICK}>
      <Page />
    </ChatProvider>,
  );
  await expect.poll(page.text).toBe('Send');
  page.element.querySelector('button')?.click();
  await expect.poll(page.text).toBe('SendHi');
});
