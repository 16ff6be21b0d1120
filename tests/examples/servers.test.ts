import { createChatClient } from '@wirepact/client';
import { io, type ManagerOptions, type Socket } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { startExample } from './example-process';

const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';

function connect(url: string, options: Partial<ManagerOptions> = {}): Socket {
  const socket = io(url, { forceNew: true, ...options });
  onTestFinished(() => void socket.close());
  return socket;
}

const next = (socket: Socket, event: string) => new Promise((resolve) => socket.once(event, resolve));

/** Says something in the chat at `url`, and waits for what an agent called Echo says. */
async function talkToEcho(url: string, path?: string): Promise<void> {
  const chat = createChatClient(url, { entityId: 'ada', entityName: 'Ada', path });
  onTestFinished(() => chat.close());
  const channel = await chat.join(CHANNEL);
  const said = () => channel.view.get().messages.map(({ senderName, text }) => `${senderName}: ${text}`);
  await channel.send('Hello!');
  await expect.poll(said).toEqual(['Ada: Hello!', 'Echo: You said: Hello!']);
}

/** Votes in a poll of the server at `url`, watches it, and is told what is wrong. */
async function vote(url: string): Promise<void> {
  const [ada, bob] = [connect(url), connect(url)];
  expect(await bob.emitWithAck('watch', { pollId: 'lunch' })).toEqual({ ok: true, data: null });
  const voted = next(bob, 'voted');
  const tea = { pollId: 'lunch', choice: 'tea' };
  expect(await ada.emitWithAck('vote', tea)).toEqual({ ok: true, data: { votes: 1 } });
  expect(await voted).toEqual({ ...tea, votes: 1 });
  expect(await ada.emitWithAck('vote', { ...tea, choice: 'rain' })).toMatchObject({
    ok: false,
    error: { code: 'INVALID_PAYLOAD', issues: [{ path: '/choice' }] },
  });
  expect(await ada.emitWithAck('vot', tea)).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } });
}

test('plain-io: listeners that were there are checked', async () => {
  const { url } = await startExample('plain-io');
  await vote(url);
});

test('nestjs: a gateway is checked, and the chat is beside it', async () => {
  const { url } = await startExample('nestjs', { DATABASE: ':memory:' });
  await vote(url);
  await talkToEcho(url, '/chat/');
});

test('express-chat: routes, the chat and a contract share a server', async () => {
  const { url } = await startExample('express-chat', { DATABASE: ':memory:' });
  await talkToEcho(url);
  const messages = await fetch(`${url}/api/messages/${CHANNEL}`);
  expect(await messages.json()).toHaveLength(2);
  const [ada, bob] = [connect(url, { path: '/waves/' }), connect(url, { path: '/waves/' })];
  await Promise.all([ada, bob].map((socket) => next(socket, 'wirepact:established')));
  const waved = next(bob, 'waved');
  expect(await ada.emitWithAck('wave', { name: 'Ada' })).toEqual({ ok: true, data: null });
  expect(await waved).toEqual({ name: 'Ada' });
  expect(await ada.emitWithAck('wave', {})).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
  const again = next(bob, 'waved');
  const answer = await fetch(`${url}/api/waves`, { method: 'POST' });
  expect(await answer.json()).toEqual({ people: 2 });
  expect(await again).toEqual({ name: 'The server' });
});
