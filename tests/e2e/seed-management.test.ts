import { WirepactError } from '@wirepact/contract/runtime';
import { describe, expect, test } from 'vitest';
import { hello, newChannel, TRANSPORTS, UUID, useChat, ZERO_UUID } from './chat-fixture';
import type { SeedClient } from './seed-client';

const MANAGEMENT_EVENTS = ['messageDeleted', 'channelCleared', 'channelUpdated', 'channelDeleted'];

/** The code of the error that the host gets. */
const codeOf = (act: Promise<unknown>) =>
  act.then(
    () => 'no error',
    (error: unknown) => (error instanceof WirepactError ? error.code : String(error)),
  );

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const chat = useChat({}, transport);

  /** A channel with one message, two members, and somebody in another channel. */
  async function createScene() {
    const channelId = newChannel();
    const [sender, member] = await Promise.all([chat.joined(channelId), chat.joined(channelId)]);
    const outsider = await chat.joined(newChannel());
    sender.emit('send_message', hello(channelId));
    const { id, epoch } = await member.next('messageBroadcast');
    await sender.next('messageAck');
    const everybody = [sender, member, outsider];
    for (const client of everybody) client.forget();
    /** Where the next event stands; the message was the first. */
    const next = { epoch, seq: 2 };
    return { channelId, messageId: String(id), next, sender, member, outsider, everybody };
  }

  /** Both members were sent this one event, with its place in the journal, the outsider nothing. */
  async function expectEvent(
    { everybody, next }: { everybody: SeedClient[]; next: object },
    event: string,
    payload: object,
  ): Promise<void> {
    await Promise.all(everybody.map((client) => client.caughtUp()));
    const [sender, member, outsider] = everybody;
    for (const client of [sender, member]) {
      expect(client?.timeline).toEqual([event, 'ack heartbeat']);
      expect(client?.all(event)).toEqual([{ ...payload, ...next }]);
    }
    expect(outsider?.timeline).toEqual(['ack heartbeat']);
  }

  test('[MGMT-1] [MGMT-7] messageDeleted goes to the channel', async () => {
    const scene = await createScene();
    const { channelId, messageId } = scene;
    await chat.server.messages.delete(channelId, messageId);
    await expectEvent(scene, 'messageDeleted', { messageId, channelId });
    expect(await chat.server.messages.list(channelId, { limit: 9 })).toEqual([]);
  });

  test('[MGMT-2] [MGMT-7] channelCleared goes to the channel', async () => {
    const scene = await createScene();
    const { channelId } = scene;
    await chat.server.channels.clear(channelId);
    await expectEvent(scene, 'channelCleared', { channelId });
    expect(await chat.server.messages.list(channelId, { limit: 9 })).toEqual([]);
  });

  test.each([
    [{ name: 'Support' }],
    [{ topic: 'Help' }],
    [{ metadata: { a: [1] } }],
    [{ name: 'A', topic: 'B', metadata: null, colour: 'red' }],
  ])(
    '[MGMT-3] [MGMT-4] [MGMT-7] channelUpdated goes to the channel with what was updated: %j',
    async (updates) => {
      const scene = await createScene();
      const { channelId } = scene;
      await chat.server.channels.update(channelId, updates);
      await expectEvent(scene, 'channelUpdated', { channelId, updates });
    },
  );

  test('[MGMT-4] what was updated before is not in a later channelUpdated', async () => {
    const { channelId, member, next } = await createScene();
    await chat.server.channels.update(channelId, { name: 'Support' });
    await chat.server.channels.update(channelId, { topic: 'Help' });
    await member.next('channelUpdated');
    const second = { channelId, updates: { topic: 'Help' }, ...next, seq: 3 };
    expect(await member.next('channelUpdated')).toEqual(second);
    const properties = { name: 'Support', topic: 'Help' };
    expect(await chat.server.channels.get(channelId)).toMatchObject({ properties });
  });

  test('[MGMT-5] [MGMT-7] channelDeleted goes to the channel', async () => {
    const scene = await createScene();
    const { channelId } = scene;
    await chat.server.channels.delete(channelId);
    await expectEvent(scene, 'channelDeleted', { channelId });
  });

  test('[MGMT-6] [ERR-7] after channelDeleted the channel is gone, and nobody is in it', async () => {
    const { channelId, sender, member, outsider } = await createScene();
    await chat.server.channels.delete(channelId);
    expect(await sender.ask('send_message', hello(channelId))).toMatchObject({
      error: { code: 'CHANNEL_NOT_FOUND' },
    });
    await outsider.join(channelId);
    expect(await chat.server.messages.list(channelId, { limit: 9 })).toEqual([]);
    await outsider.ask('send_message', hello(channelId));
    await Promise.all([sender.caughtUp(), member.caughtUp()]);
    expect(member.timeline).toEqual(['channelDeleted', 'ack heartbeat']);
    expect(sender.timeline).not.toContain('messageBroadcast');
    expect(await member.join(channelId)).toMatchObject({ channelId });
  });

  test.each(MANAGEMENT_EVENTS)(
    '[MGMT-8] no client emits what the server does: %s is an unknown event',
    async (event) => {
      const { channelId, messageId, sender, member } = await createScene();
      const answer = await sender.ask(event, { channelId, messageId, updates: { name: 'Mine' } });
      expect(answer).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } });
      await member.caughtUp();
      expect(member.timeline).toEqual(['ack heartbeat']);
      expect(await chat.server.messages.list(channelId, { limit: 9 })).toHaveLength(1);
    },
  );

  test('[MGMT-8] what the host names must exist, else it gets the error and nothing is sent', async () => {
    const { server } = chat;
    const { channelId, member } = await createScene();
    const nowhere = newChannel();
    expect(await codeOf(server.messages.delete(channelId, nowhere))).toBe('MESSAGE_NOT_FOUND');
    expect(await codeOf(server.channels.clear(nowhere))).toBe('CHANNEL_NOT_FOUND');
    expect(await codeOf(server.channels.update(nowhere, { name: 'A' }))).toBe('CHANNEL_NOT_FOUND');
    expect(await codeOf(server.channels.delete(nowhere))).toBe('CHANNEL_NOT_FOUND');
    await member.caughtUp();
    expect(member.timeline).toEqual(['ack heartbeat']);
  });

  test('[MGMT-9] [CAST-1] a message of the host’s is broadcast like any other', async () => {
    const scene = await createScene();
    const { channelId } = scene;
    const message = { senderId: 'system', senderName: 'System', text: 'Welcome.', source: 'system' };
    const post = { ...message, channelId, serverId: ZERO_UUID, clientMessageId: 'host-1' };
    const { message: stored } = await chat.server.messages.post(post);
    expect(stored.id).toMatch(UUID);
    const { id, createdAt } = stored;
    const broadcast = { ...message, id, createdAt, roomId: channelId, serverId: ZERO_UUID };
    await expectEvent(scene, 'messageBroadcast', broadcast);
  });
});
