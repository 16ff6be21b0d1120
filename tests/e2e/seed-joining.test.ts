import { randomUUID } from 'node:crypto';
import { createMemoryStore } from '@wirepact/server';
import { describe, expect, test } from 'vitest';
import { createAgent, hello, newChannel, TRANSPORTS, useChat, ZERO_UUID } from './chat-fixture';

const eliza = createAgent('Eliza', () => []);

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const chat = useChat({}, transport);

  test('[JOIN-1] who has joined receives the channel’s events from then on', async () => {
    const channelId = newChannel();
    const [sender, member] = await Promise.all([chat.joined(channelId), chat.connect()]);
    await sender.ask('send_message', hello(channelId, { text: 'before' }));
    await member.join(channelId);
    await sender.ask('send_message', hello(channelId, { text: 'after' }));
    expect(await member.next('messageBroadcast')).toMatchObject({ text: 'after' });
  });

  test.each([
    ['none', {}, 'INVALID_PAYLOAD'],
    ['no UUID', { channelId: 'lobby' }, 'INVALID_UUID'],
    ['a number', { channelId: 7 }, 'INVALID_PAYLOAD'],
    ['null', { channelId: null }, 'INVALID_PAYLOAD'],
  ])('[JOIN-2] channelId is required and a UUID: %s', async (_name, payload, code) => {
    const client = await chat.connect();
    client.emit('join_channel', payload);
    const error = await client.next('messageError');
    expect(error).toMatchObject({ code });
    expect(error.error).toContain('channelId');
    expect(client.timeline).not.toContain('channel_joined');
  });

  test.each([
    ZERO_UUID,
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'C232AB00-9414-11EC-B3C8-9F6BDECED846',
    '0192f0c1-7b1e-7c3a-9d55-8f2f3a1b4c5d',
    '123e4567-e89b-92d3-0456-426614174000',
  ])('[JOIN-3] UUIDs are of any version: %s', async (channelId) => {
    const client = await chat.connect();
    const id = channelId.toLowerCase();
    expect(await client.join(channelId)).toMatchObject({ channelId: id, roomId: id });
  });

  test.each([
    '123e4567e89b12d3a456426614174000',
    '{123e4567-e89b-12d3-a456-426614174000}',
    'urn:uuid:123e4567-e89b-12d3-a456-426614174000',
    '123e4567-e89b-12d3-a456-42661417400',
    '123e4567-e89b-12d3-a456-42661417400g',
    '123e4567-e89b-12d3-a456-426614174000\n',
    '',
  ])('[JOIN-3] nothing else is a UUID: %j', async (channelId) => {
    const client = await chat.connect();
    expect(await client.ask('join_channel', { channelId })).toMatchObject({
      error: { code: 'INVALID_UUID' },
    });
  });

  test('[JOIN-3] [E10] a channel is the same in upper and lower case, for clients and the host', async () => {
    const channelId = newChannel();
    const upper = channelId.toUpperCase();
    const [lower, other] = await Promise.all([chat.joined(channelId), chat.joined(upper)]);
    await other.ask('send_message', hello(upper, { text: 'upper' }));
    await lower.ask('send_message', hello(channelId, { text: 'lower' }));
    await chat.server.channels.update(upper, { name: 'Same' });
    await Promise.all([lower.caughtUp(), other.caughtUp()]);
    for (const client of [lower, other]) {
      expect(client.all('messageBroadcast')).toMatchObject([
        { text: 'upper', roomId: channelId, seq: 1 },
        { text: 'lower', roomId: channelId, seq: 2 },
      ]);
      expect(client.all('channelUpdated')).toMatchObject([{ channelId, seq: 3 }]);
    }
    expect(await other.ask('list_messages', { channelId: upper })).toMatchObject({ data: { seq: 3 } });
    expect(await other.ask('leave_channel', { channelId: upper })).toMatchObject({ data: { channelId } });
    await lower.ask('send_message', hello(channelId, { text: 'alone' }));
    await other.caughtUp();
    expect(other.all('messageBroadcast')).toHaveLength(2);
  });

  test('[JOIN-4] agentId is optional and a UUID', async () => {
    const client = await chat.connect();
    const join = (agentId: unknown) => client.ask('join_channel', { channelId: newChannel(), agentId });
    expect(await join(randomUUID())).toMatchObject({ ok: true });
    expect(await join('eliza')).toMatchObject({ error: { code: 'INVALID_UUID' } });
    expect(await join(7)).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
  });

  test('[JOIN-5] entityId is optional and any string of 1 to 256 characters', async () => {
    const client = await chat.connect();
    const join = (entityId: unknown) => client.ask('join_channel', { channelId: newChannel(), entityId });
    for (const entityId of ['user-123', randomUUID(), 'x', '愛'.repeat(256)]) {
      expect(await join(entityId)).toMatchObject({ ok: true });
    }
    for (const entityId of ['', 'x'.repeat(257), 7, null]) {
      expect(await join(entityId)).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
    }
  });

  test('[JOIN-6] serverId is optional, and the zero UUID where it is missing', async () => {
    const [given, missing, serverId] = [newChannel(), newChannel(), randomUUID()];
    const client = await chat.connect();
    await client.join(given, { serverId });
    await client.join(missing);
    expect(await chat.server.channels.get(given)).toMatchObject({ serverId });
    expect(await chat.server.channels.get(missing)).toMatchObject({ serverId: ZERO_UUID });
    const wrong = await client.ask('join_channel', { channelId: newChannel(), serverId: 'main' });
    expect(wrong).toMatchObject({ error: { code: 'INVALID_UUID' } });
  });

  test('[JOIN-7] metadata is optional and kept with the channel', async () => {
    const channelId = newChannel();
    const metadata = { isDm: true, channelType: 'DM', theme: { dark: true } };
    const client = await chat.connect();
    await client.join(channelId, { metadata });
    expect(await chat.server.channels.get(channelId)).toMatchObject({ properties: { metadata } });
    for (const wrong of [{ isDm: 'yes' }, { channelType: 7 }, { channelType: 'x'.repeat(65) }, 'DM', []]) {
      const answer = await client.ask('join_channel', { channelId: newChannel(), metadata: wrong });
      expect(answer).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
    }
  });

  test('[JOIN-8] [COMPAT-4] [COMPAT-5] a join is answered, to the sender only, with channel_joined and then room_joined', async () => {
    const channelId = newChannel();
    const [member, outsider, client] = await Promise.all([
      chat.joined(channelId),
      chat.connect(),
      chat.connect(),
    ]);
    client.emit('join_channel', { channelId });
    const joined = await client.next('channel_joined');
    expect(await client.next('room_joined')).toEqual(joined);
    expect(client.timeline).toEqual(['connection_established', 'channel_joined', 'room_joined']);
    await Promise.all([member.caughtUp(), outsider.caughtUp()]);
    for (const { timeline } of [member, outsider]) expect(timeline).not.toContain('channel_joined');
    for (const { timeline } of [member, outsider]) expect(timeline).not.toContain('room_joined');
  });

  test('[JOIN-9] [COMPAT-6] channel_joined has a message, the channelId and the same roomId', async () => {
    const channelId = newChannel();
    const joined = await (await chat.connect()).join(channelId);
    expect(joined).toEqual({ message: expect.stringMatching(/\w/), channelId, roomId: channelId });
  });

  test('[JOIN-10] channel_joined names the agent that the join named', async () => {
    const agentId = randomUUID();
    const client = await chat.connect();
    expect(await client.join(newChannel(), { agentId })).toMatchObject({ agentId });
    expect(await client.join(newChannel())).not.toHaveProperty('agentId');
  });

  test('[JOIN-11] a join creates the channel', async () => {
    const channelId = newChannel();
    expect(await chat.server.channels.get(channelId)).toBeUndefined();
    await (await chat.connect()).join(channelId);
    expect(await chat.server.channels.get(channelId)).toMatchObject({ id: channelId });
  });

  test('[JOIN-12] joining a channel that exists changes nothing of it', async () => {
    const channelId = newChannel();
    const client = await chat.connect();
    await client.join(channelId, { metadata: { isDm: true } });
    await client.join(channelId, { serverId: randomUUID(), metadata: { isDm: false } });
    const channel = await chat.server.channels.get(channelId);
    expect(channel).toMatchObject({ serverId: ZERO_UUID, properties: { metadata: { isDm: true } } });
  });

  test('[JOIN-13] joining again is answered again, and doubles nothing', async () => {
    const channelId = newChannel();
    const [client, sender] = await Promise.all([chat.joined(channelId), chat.connect()]);
    await client.join(channelId);
    await sender.ask('send_message', hello(channelId));
    await client.caughtUp();
    expect(client.timeline).toEqual(['channel_joined', 'room_joined', 'messageBroadcast', 'ack heartbeat']);
  });

  test('[JOIN-14] a connection may be in several channels', async () => {
    const channels = [newChannel(), newChannel(), newChannel()];
    const [client, sender] = await Promise.all([chat.connect(), chat.connect()]);
    for (const channelId of channels) await client.join(channelId);
    for (const channelId of channels) await sender.ask('send_message', hello(channelId));
    await client.caughtUp();
    expect(client.all('messageBroadcast').map(({ roomId }) => roomId)).toEqual(channels);
  });

  test('[COMPAT-1] roomId alone joins', async () => {
    const roomId = newChannel();
    const [client, sender] = await Promise.all([chat.connect(), chat.connect()]);
    client.emit('join_channel', { roomId });
    expect(await client.next('room_joined')).toMatchObject({ channelId: roomId, roomId });
    await sender.ask('send_message', hello(roomId));
    expect(await client.next('messageBroadcast')).toMatchObject({ roomId });
  });

  test('[COMPAT-2] channelId goes before roomId', async () => {
    const [channelId, roomId] = [newChannel(), newChannel()];
    const client = await chat.connect();
    expect(await client.join(channelId, { roomId })).toMatchObject({ channelId, roomId: channelId });
    expect(await chat.server.channels.get(roomId)).toBeUndefined();
  });

  test('[COMPAT-3] neither of channelId and roomId makes up for the other', async () => {
    const client = await chat.connect();
    const wrong = [
      { channelId: 'lobby', roomId: newChannel() },
      { channelId: newChannel(), roomId: 'lobby' },
    ];
    for (const payload of wrong) {
      expect(await client.ask('join_channel', payload)).toMatchObject({ error: { code: 'INVALID_UUID' } });
    }
  });

  describe('with agents', () => {
    const withAgents = useChat({ agents: [eliza] }, transport);

    test('[ERR-6] naming an agent that is not there is AGENT_NOT_FOUND, and joins nothing', async () => {
      const channelId = newChannel();
      const client = await withAgents.connect();
      client.emit('join_channel', { channelId, agentId: randomUUID() });
      expect(await client.next('messageError')).toMatchObject({ code: 'AGENT_NOT_FOUND' });
      expect(await withAgents.server.channels.get(channelId)).toBeUndefined();
      expect(await client.join(channelId, { agentId: eliza.id })).toMatchObject({ agentId: eliza.id });
    });

    test('[JOIN-15] a join that names no agent takes the one given while connecting', async () => {
      const known = await withAgents.connect({ auth: { agentId: eliza.id } });
      expect(await known.join(newChannel())).toMatchObject({ agentId: eliza.id });
      const unknown = await withAgents.connect({ auth: { agentId: randomUUID() } });
      expect(await unknown.join(newChannel())).not.toHaveProperty('agentId');
    });
  });

  describe('with channels that only the host creates', () => {
    const explicit = useChat({ channelCreation: 'explicit' }, transport);

    test('[JOIN-11] [ERR-7] joining a channel that does not exist is CHANNEL_NOT_FOUND', async () => {
      const channelId = newChannel();
      const client = await explicit.connect();
      client.emit('join_channel', { channelId });
      expect(await client.next('messageError')).toMatchObject({ code: 'CHANNEL_NOT_FOUND' });
      await explicit.server.channels.create({ id: channelId });
      expect(await client.join(channelId)).toMatchObject({ channelId });
    });
  });

  describe('with a full store', () => {
    const full = useChat({ store: createMemoryStore({ maxChannels: 1 }) }, transport);

    test('[JOIN-16] a join for one channel too many is CHANNEL_LIMIT_REACHED', async () => {
      const client = await full.joined(newChannel());
      const answer = await client.ask('join_channel', { channelId: newChannel() });
      expect(answer).toMatchObject({ ok: false, error: { code: 'CHANNEL_LIMIT_REACHED', retryable: true } });
    });
  });
});
