import { describe, expect, test } from 'vitest';
import { createAgent, hello, newChannel, TRANSPORTS, useChat } from './chat-fixture';
import { post, seen } from './journal';

const eliza = createAgent('Eliza', () => ['Go on.']);

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const chat = useChat({ agents: [eliza] }, transport);

  test('[LEAVE-1] who has left receives none of the channel’s events', async () => {
    const channelId = newChannel();
    const [client, member] = await Promise.all([chat.joined(channelId), chat.joined(channelId)]);
    expect(await client.ask('leave_channel', { channelId })).toMatchObject({ ok: true });
    client.forget();
    member.emit('send_message', hello(channelId));
    await member.next('messageComplete');
    await chat.server.channels.update(channelId, { topic: 'Help' });
    await chat.server.channels.clear(channelId);
    await chat.server.channels.delete(channelId);
    await member.next('channelDeleted');
    await client.caughtUp();
    expect(client.timeline).toEqual(['ack heartbeat']);
  });

  test('[LEAVE-1] but for what it sends itself', async () => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    await client.ask('leave_channel', { channelId });
    await client.ask('send_message', hello(channelId, { text: 'Bye' }));
    await post(chat, channelId, 'unheard');
    await client.caughtUp();
    expect(seen(client)).toEqual(['1 Bye']);
  });

  test('[LEAVE-2] only the acknowledgement says so, whether there was anything to leave or not', async () => {
    const [channelId, existing, missing] = [newChannel(), newChannel(), newChannel()];
    const client = await chat.joined(channelId);
    await chat.server.channels.create({ id: existing });
    for (const id of [channelId, channelId, existing, missing]) {
      const answer = await client.ask('leave_channel', { channelId: id });
      expect(answer).toEqual({ ok: true, data: { channelId: id } });
    }
    expect(new Set(client.timeline)).toEqual(new Set(['ack leave_channel']));
    expect(await chat.server.channels.get(missing)).toBeUndefined();
  });

  test('[LEAVE-3] others stay, other channels stay, and one may come back', async () => {
    const [channelId, other] = [newChannel(), newChannel()];
    const [client, member] = await Promise.all([chat.joined(channelId), chat.joined(channelId)]);
    await client.join(other);
    await client.ask('leave_channel', { channelId });
    await post(chat, channelId, 'away');
    await post(chat, other, 'elsewhere');
    await client.join(channelId);
    await post(chat, channelId, 'back');
    await Promise.all([client.caughtUp(), member.caughtUp()]);
    expect(seen(client)).toEqual(['1 elsewhere', '2 back']);
    expect(seen(member)).toEqual(['1 away', '2 back']);
  });

  test.each([
    ['none', {}, 'INVALID_PAYLOAD'],
    ['no UUID', { channelId: 'lobby' }, 'INVALID_UUID'],
    ['roomId in its place', { roomId: newChannel() }, 'INVALID_PAYLOAD'],
  ])('[LEAVE-4] channelId is required and a UUID: %s', async (_name, payload, code) => {
    const client = await chat.connect();
    client.emit('leave_channel', payload);
    const issues = [{ path: '/channelId' }];
    expect(await client.next('messageError')).toMatchObject({ code, event: 'leave_channel', issues });
  });
});
