// @vitest-environment happy-dom
import { Socket } from 'node:net';
import { renderToString } from 'react-dom/server';
import { expect, onTestFinished, test, vi } from 'vitest';
import { board } from '../../test/board-fixture';
import { QUICK, serveChat } from '../../test/react-chat';
import { mount } from '../../test/react-root';
import { CHANNEL } from '../../test/socket-server';
import { createChatClient } from '../index';
import {
  ChatProvider,
  createContractHooks,
  useChannel,
  useConnection,
  useLogs,
  useMessages,
  useSendMessage,
} from './index';

const { ContractProvider, ...boardHooks } = createContractHooks(board);

function Chat() {
  const { status } = useConnection();
  const { state } = useChannel(CHANNEL);
  const { messages, isLoading } = useMessages(CHANNEL);
  const { isSending } = useSendMessage(CHANNEL);
  const { entries } = useLogs();
  return <p>{[status, state, messages.length, isLoading, isSending, entries.length].join(' ')}</p>;
}

function Board() {
  boardHooks.useEvent('cardMoved', () => {});
  const { isPending } = boardHooks.useRequest('move_card');
  const { channel, state } = boardHooks.useChannel('board', 'b1');
  const count = boardHooks.useChannelState('board', 'b1', { reduce: (sum: number) => sum + 1, initial: 7 });
  return <p>{[boardHooks.useConnection().status, isPending, channel, state, count].join(' ')}</p>;
}

const page = (url: string) => (
  <ChatProvider url={url} options={QUICK}>
    <Chat />
    <ContractProvider url={url}>
      <Board />
    </ContractProvider>
  </ChatProvider>
);

const RENDERED = '<p>connecting joining 0 true false 0</p><p>connecting false  joining 7</p>';

test('a server renders a snapshot and opens no socket', async () => {
  const connects = vi.spyOn(Socket.prototype, 'connect');
  onTestFinished(() => connects.mockRestore());
  expect(renderToString(page('http://127.0.0.1:9'))).toBe(RENDERED);
  const chat = createChatClient('http://127.0.0.1:9', { autoConnect: false });
  const given = (
    <ChatProvider client={chat}>
      <Chat />
    </ChatProvider>
  );
  expect(renderToString(given)).toContain('connecting joining 0 true false 0');
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(connects).not.toHaveBeenCalled();
});

test('the page takes over what the server has rendered, and then connects', async () => {
  const faults = vi.spyOn(console, 'error');
  onTestFinished(() => faults.mockRestore());
  const { url } = await serveChat();
  const chat = createChatClient(url, QUICK);
  onTestFinished(() => chat.close());
  await chat.join(CHANNEL);
  const shown = (
    <ChatProvider client={chat}>
      <Chat />
    </ChatProvider>
  );
  const html = renderToString(shown);
  expect(html).toBe('<p>connecting joining 0 true false 0</p>');
  const { element, text } = mount(shown, { html });
  const [rendered] = element.children;
  await expect.poll(text).toBe('connected joined 0 false false 0');
  expect(element.children[0]).toBe(rendered);
  expect(faults).not.toHaveBeenCalled();
});
