import { extendContract } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { type ChatServerOptions, createChatServer } from '../index';
import { CHANNEL, connect, join, silent, startChat } from './test-chat';

const authenticate: ChatServerOptions['authenticate'] = ({ auth }) => ({
  entityId: String(auth.as),
  entityName: String(auth.as).toUpperCase(),
});
const presence = { intervalMs: 20 };
const watch = { channelId: CHANNEL, watching: true };

test('[PRES-1] members of a channel are told who is there and who types, under the names of the chat', async () => {
  const { url } = await startChat({ authenticate, presence });
  const ada = await join(url, { auth: { as: 'ada' } });
  expect(await ada.ask('watch_presence', watch)).toEqual({ ok: true, data: null });
  expect(await ada.waitFor('presence_changed')).toEqual({
    channelId: CHANNEL,
    count: 1,
    members: [{ identity: { entityId: 'ada', name: 'ADA' } }],
  });
  const bob = await join(url, { auth: { as: 'bob' } });
  expect(await ada.waitFor('presence_changed', 2)).toEqual({
    channelId: CHANNEL,
    count: 2,
    joined: [{ identity: { entityId: 'bob', name: 'BOB' } }],
  });
  const said = await bob.ask('update_presence', {
    channelId: CHANNEL.toUpperCase(),
    state: { typing: true },
    ttlMs: 5_000,
  });
  expect(said).toEqual({ ok: true, data: { ttlMs: 5_000 } });
  expect(await ada.waitFor('presence_changed', 3)).toEqual({
    channelId: CHANNEL,
    count: 2,
    updated: [{ entityId: 'bob', state: { typing: true } }],
  });
  bob.socket.disconnect();
  expect(await ada.waitFor('presence_changed', 4)).toEqual({ channelId: CHANNEL, count: 1, left: ['bob'] });
});

test('[PRES-2] only members ask and say, `authorize` is asked about the join alone, and who is taken out is gone', async () => {
  const asked: string[] = [];
  const authorize: ChatServerOptions['authorize'] = ({ event }) => asked.push(event) > 0;
  const { chat, url } = await startChat({ authenticate, authorize, presence });
  const eve = await connect(url, { auth: { as: 'eve' } });
  expect(await eve.ask('watch_presence', watch)).toMatchObject({ error: { code: 'FORBIDDEN' } });
  const typing = { channelId: CHANNEL, state: { typing: true } };
  expect(await eve.ask('update_presence', typing)).toMatchObject({ error: { code: 'FORBIDDEN' } });
  const [ada, bob] = await Promise.all([
    join(url, { auth: { as: 'ada' } }),
    join(url, { auth: { as: 'bob' } }),
  ]);
  await ada.ask('watch_presence', watch);
  await bob.ask('watch_presence', watch);
  chat.channels.remove(CHANNEL, 'bob');
  expect(await ada.waitFor('presence_changed', 2)).toMatchObject({ count: 1, left: ['bob'] });
  expect(bob.payloads('presence_changed')).toHaveLength(1);
  expect(new Set(asked)).toEqual(new Set(['join_channel']));
});

test('[PRES-3] where nobody signs in, a member is who its join says, or else its connection', async () => {
  const { url } = await startChat({ presence });
  const [named, nameless] = await Promise.all([connect(url), connect(url)]);
  await named.ask('join_channel', { channelId: CHANNEL, entityId: 'ada' });
  await nameless.ask('join_channel', { channelId: CHANNEL });
  await nameless.ask('watch_presence', watch);
  expect(await nameless.waitFor('presence_changed')).toMatchObject({
    members: [{ identity: { entityId: 'ada' } }, { identity: { entityId: nameless.socket.id } }],
  });
});

test('[PRES-4] an extension says what members do besides: a state has to be as both say', async () => {
  const contract = extendContract(protocol, {
    name: 'team-chat',
    version: '1.0.0',
    presence: { channel: Type.Object({ reading: Type.Optional(Type.Integer()) }) },
  });
  const extension = { contract, handlers: {} };
  const chat = createChatServer({ authenticate, presence, extension, logger: silent, rateLimit: false });
  onTestFinished(() => chat.close());
  const { url } = await chat.listen(0, '127.0.0.1');
  const ada = await join(url, { auth: { as: 'ada' } });
  await ada.ask('watch_presence', watch);
  const update = (state: object) => ada.ask('update_presence', { channelId: CHANNEL, state });
  expect(await update({ typing: 1 })).toMatchObject({ error: { issues: [{ path: '/state/typing' }] } });
  expect(await update({ reading: 'x' })).toMatchObject({ error: { issues: [{ path: '/state/reading' }] } });
  expect(await update({ typing: true, reading: 4 })).toMatchObject({ ok: true });
  expect(await ada.waitFor('presence_changed', 2)).toMatchObject({
    updated: [{ entityId: 'ada', state: { typing: true, reading: 4 } }],
  });
});
