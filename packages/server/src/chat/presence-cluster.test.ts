import type { PresenceChange } from '@wirepact/contract/runtime';
import { expect, onTestFinished, test, vi } from 'vitest';
import { attachChatServer, type ChatServerOptions } from '../index';
import { createTestCluster } from '../runtime/test-cluster';
import { CHANNEL, join, type Recorder, silent } from './test-chat';

const authenticate: ChatServerOptions['authenticate'] = ({ auth }) => ({ entityId: String(auth.as) });
const presence = { intervalMs: 20 };
const watch = { channelId: CHANNEL, watching: true };

/** Chat servers whose Socket.IO servers have an adapter that reaches the others. */
function createChats() {
  const cluster = createTestCluster();
  return async () => {
    const node = await cluster.addNode();
    const chat = attachChatServer(node.io, { logger: silent, rateLimit: false, authenticate, presence });
    onTestFinished(() => chat.close());
    return node;
  };
}

/** Who is there and what they do, by what somebody was told. */
function viewOf({ received }: Recorder): Record<string, unknown> {
  const view = new Map<string, unknown>();
  for (const { event, payload } of received) {
    if (event !== 'presence_changed') continue;
    const { members, joined = [], left = [], updated = [] } = payload as PresenceChange;
    if (members) view.clear();
    for (const { identity, state } of [...(members ?? []), ...joined]) view.set(identity.entityId, state);
    for (const { entityId, state } of updated) view.set(entityId, state);
    for (const entityId of left) view.delete(entityId);
  }
  return Object.fromEntries(view);
}

test('[PRES-6] members of a channel see who is in it in any process that the adapter reaches, who types there, and who goes', async () => {
  const addChat = createChats();
  const [one, other] = [await addChat(), await addChat()];
  const ada = await join(one.url, { auth: { as: 'ada' } });
  await ada.ask('watch_presence', watch);
  const bob = await join(other.url, { auth: { as: 'bob' } });
  await bob.ask('watch_presence', watch);
  await expect.poll(() => viewOf(ada)).toEqual({ ada: undefined, bob: undefined });
  await expect.poll(() => viewOf(bob)).toEqual({ ada: undefined, bob: undefined });
  await bob.ask('update_presence', { channelId: CHANNEL, state: { typing: true } });
  await expect.poll(() => viewOf(ada)).toEqual({ ada: undefined, bob: { typing: true } });
  const tab = await join(one.url, { auth: { as: 'bob' } });
  bob.socket.disconnect();
  await expect.poll(() => viewOf(ada)).toEqual({ ada: undefined, bob: undefined });
  tab.socket.disconnect();
  await expect.poll(() => viewOf(ada)).toEqual({ ada: undefined });
});

test('[PRES-6] members whose process was killed are gone once it has been silent for a while, and back with their new one', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const addChat = createChats();
  const [one, other] = [await addChat(), await addChat()];
  const ada = await join(one.url, { auth: { as: 'ada' } });
  await ada.ask('watch_presence', watch);
  await join(other.url, { auth: { as: 'bob' } });
  await expect.poll(() => viewOf(ada)).toEqual({ ada: undefined, bob: undefined });
  other.kill();
  await vi.advanceTimersByTimeAsync(8_000);
  await expect.poll(() => viewOf(ada)).toEqual({ ada: undefined });
  const another = await addChat();
  await join(another.url, { auth: { as: 'bob' } });
  await vi.advanceTimersByTimeAsync(2_000);
  await expect.poll(() => viewOf(ada)).toEqual({ ada: undefined, bob: undefined });
});
