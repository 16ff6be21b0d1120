import { extendContract } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import { createChatServer } from '@wirepact/server';
import pino from 'pino';
import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { connectToPolls, startPolls } from '../../../test/polls-fixture';
import { type ChatContract, type ChatProtocol, createChatClient, type PresenceMember } from '../../index';

/** Presence in channels of the chat, over a real server. */

const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';
const contract = extendContract(protocol, {
  name: 'team-chat',
  version: '1.0.0',
  presence: { channel: Type.Object({ reading: Type.Optional(Type.Integer()) }) },
});

async function serve() {
  const chat = createChatServer({
    extension: { contract, handlers: {} },
    authenticate: ({ auth }) => ({ entityId: String(auth.as), entityName: String(auth.as).toUpperCase() }),
    presence: { intervalMs: 20 },
    logger: pino({ level: 'silent' }),
    rateLimit: false,
  });
  onTestFinished(() => chat.close());
  const { url } = await chat.listen(0, '127.0.0.1');
  return { chat, url };
}

async function join<C extends ChatContract = ChatProtocol>(url: string, as: string, spoken?: C) {
  const client = createChatClient<C>(url, {
    ...{ transports: ['websocket'], reconnectionDelay: 5, reconnectionDelayMax: 20 },
    auth: { as },
    ...(spoken && { contract: spoken }),
  });
  onTestFinished(() => client.close());
  return client.join(CHANNEL);
}

const typingIn = (members: readonly PresenceMember<{ typing?: boolean }>[]) =>
  members.filter(({ state }) => state?.typing).map(({ identity }) => identity.name);

test('[PRES-1] a channel shows who is there and who types, until they stop or leave', async () => {
  const { url } = await serve();
  const [ada, bob] = [await join(url, 'ada'), await join(url, 'bob')];
  const { members, count } = ada.presence;
  expect(ada.presence).toBe(ada.presence);
  const seen: (string | undefined)[][] = [];
  onTestFinished(members.subscribe((list) => seen.push(typingIn(list))));
  await expect.poll(() => count.get()).toBe(2);
  // The first one is said at once; the next would wait, and be over before it is said where the machine has much to do.
  bob.presence.set({ typing: true }, { forMs: 1_000 });
  await expect.poll(() => seen).toContainEqual(['BOB']);
  await expect.poll(() => typingIn(members.get())).toEqual([]);
  bob.presence.set({ typing: true });
  await expect.poll(() => typingIn(members.get())).toEqual(['BOB']);
  bob.presence.clear();
  await expect.poll(() => typingIn(members.get())).toEqual([]);
  await bob.leave();
  await expect.poll(() => members.get().map(({ identity }) => identity.entityId)).toEqual(['ada']);
});

test('[PRES-2] who is taken out of a channel sees nobody, and is seen by nobody', async () => {
  const { chat, url } = await serve();
  const [ada, bob] = [await join(url, 'ada'), await join(url, 'bob')];
  for (const { presence } of [ada, bob]) onTestFinished(presence.members.subscribe(() => {}));
  await expect.poll(() => bob.presence.count.get()).toBe(2);
  chat.channels.remove(CHANNEL, 'bob');
  await expect.poll(() => ada.presence.count.get()).toBe(1);
  await expect.poll(() => bob.presence.members.get()).toEqual([]);
});

test('[PRES-4] a client of the chat alone gets what an extension adds, and one of the extension has it typed', async () => {
  const { url } = await serve();
  const [ada, bob] = [await join(url, 'ada'), await join(url, 'bob', contract)];
  onTestFinished(ada.presence.members.subscribe(() => {}));
  bob.presence.set({ typing: true, reading: 4 });
  await expect.poll(() => ada.presence.members.get().at(-1)?.state).toEqual({ typing: true, reading: 4 });
  // @ts-expect-error the extension says that it is a number
  expect(() => bob.presence.set({ reading: [() => 0] })).toThrow();
});

test('[PRES-5] rooms that an extension has of its own have presence where it says so, under the usual names', async () => {
  const { url } = await startPolls(0, { presence: { intervalMs: 20 } });
  const [ada, bob] = [connectToPolls(url, 'ada'), connectToPolls(url, 'bob')];
  const [mine, theirs] = [ada.channel('poll', 'p1').presence, bob.channel('poll', 'p1').presence];
  onTestFinished(mine.members.subscribe(() => {}));
  theirs.set({ leaning: 2 });
  await expect
    .poll(() => mine.members.get().find(({ identity }) => identity.entityId === 'bob')?.state)
    .toEqual({
      leaning: 2,
    });
  expect(mine.count.get()).toBe(2);
  const channel = await ada.join(CHANNEL);
  onTestFinished(channel.presence.members.subscribe(() => {}));
  await expect.poll(() => channel.presence.count.get()).toBe(1);
});
