import { describe, expect, test } from 'vitest';
import { createAgent, hello, newChannel, TRANSPORTS, useChat } from './chat-fixture';
import { positionOf, post, postAll, seen } from './journal';
import { dataOf } from './seed-client';

const eliza = createAgent('Eliza', () => ['Go on.']);

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const chat = useChat({}, transport);
  const withAgent = useChat({ agents: [eliza] }, transport);

  test('[SEQ-1] [SEQ-2] events of clients, of the host and of agents are numbered 1, 2, 3 …', async () => {
    const channelId = newChannel();
    const client = await withAgent.joined(channelId);
    const { channels, messages } = withAgent.server;
    const sent = await client.ask('send_message', hello(channelId, { text: 'Hi' }));
    await client.next('messageComplete');
    await post(withAgent, channelId, 'Welcome.');
    await channels.update(channelId, { topic: 'Help' });
    await messages.delete(channelId, String(dataOf(sent).messageId));
    await channels.clear(channelId);
    await channels.delete(channelId);
    await client.next('channelDeleted');
    expect(seen(client)).toEqual([
      ...['1 Hi', '2 Go on.', '3 Welcome.', '4 channelUpdated', '5 messageDeleted'],
      ...['6 channelCleared', '7 channelDeleted'],
    ]);
  });

  test('[SEQ-1] no other event has a number', async () => {
    const channelId = newChannel();
    const client = await withAgent.connect();
    await client.join(channelId);
    client.emit('subscribe_logs');
    client.emit('send_message', hello(channelId));
    client.emit('send_message', {});
    await client.next('messageError');
    await client.next('messageComplete');
    const numbered = client.everything().filter(({ payload }) => 'seq' in payload || 'epoch' in payload);
    expect(new Set(numbered.map(({ event }) => event))).toEqual(new Set(['messageBroadcast']));
    const events = ['channel_joined', 'room_joined', 'messageAck', 'messageError', 'messageComplete'];
    expect(client.timeline).toEqual(expect.arrayContaining(events));
  });

  test('[SEQ-2] every channel counts for itself', async () => {
    const [one, other] = [newChannel(), newChannel()];
    const client = await chat.joined(one);
    await client.join(other);
    client.forget();
    for (const channelId of [one, other, one]) await post(chat, channelId, channelId);
    await client.caughtUp();
    expect(seen(client)).toEqual([`1 ${one}`, `1 ${other}`, `2 ${one}`]);
    const epochs = client.all('messageBroadcast').map(({ epoch }) => epoch);
    expect(epochs[0]).toBe(epochs[2]);
    expect(epochs[0]).not.toBe(epochs[1]);
  });

  test('[SEQ-3] a channel created anew has another epoch and counts from 1', async () => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    await postAll(chat, channelId, ['one', 'two']);
    await chat.server.channels.delete(channelId);
    const joined = positionOf(await client.ask('join_channel', { channelId }));
    await post(chat, channelId, 'new');
    await client.caughtUp();
    expect(seen(client)).toEqual(['1 one', '2 two', '3 channelDeleted', '1 new']);
    const [first, second, third] = client.all('messageBroadcast').map(({ epoch }) => epoch);
    expect(second).toBe(first);
    expect(client.all('channelDeleted')).toEqual([{ channelId, epoch: first, seq: 3 }]);
    expect(joined).toEqual({ epoch: third, seq: 0 });
    expect(third).not.toBe(first);
    for (const epoch of [first, third]) expect(epoch).toMatch(/^.{1,64}$/);
  });

  test('[SEQ-4] everybody is told the same number, the sender also in the acknowledgement', async () => {
    const channelId = newChannel();
    const [sender, member] = await Promise.all([chat.joined(channelId), chat.joined(channelId)]);
    await post(chat, channelId, 'first');
    const answer = await sender.ask('send_message', hello(channelId));
    await member.caughtUp();
    const [broadcast] = sender.all('messageBroadcast').slice(-1);
    expect(member.all('messageBroadcast').at(-1)).toEqual(broadcast);
    expect(answer).toMatchObject({ ok: true, data: { seq: 2, epoch: broadcast?.epoch } });
    expect(broadcast?.seq).toBe(2);
  });

  test('[SEQ-5] members get what happens at once by rising number, each once', async () => {
    const channelId = newChannel();
    const members = await Promise.all([1, 2, 3].map(() => chat.joined(channelId)));
    const turns = Array.from({ length: 20 }, (_, index) => `${index}`);
    await Promise.all(
      turns.flatMap((text) => [
        ...members.map((member) => member.ask('send_message', hello(channelId, { text }))),
        chat.server.channels.update(channelId, { topic: text }),
        post(chat, channelId, text),
      ]),
    );
    await Promise.all(members.map((member) => member.caughtUp()));
    for (const member of members) {
      const numbers = member.everything().flatMap(({ payload }) => payload.seq ?? []);
      expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    }
  });

  test('[SEQ-6] a resend and an event that failed take no number', async () => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    const message = hello(channelId, { messageId: 'm-1' });
    const first = await client.ask('send_message', message);
    expect(first).toMatchObject({ data: { seq: 1 } });
    await client.ask('send_message', hello(channelId, { text: '' }));
    await client.ask('clear_channel', { channelId });
    expect(await client.ask('send_message', message)).toEqual(first);
    expect(await client.ask('send_message', hello(channelId))).toMatchObject({ data: { seq: 2 } });
  });
});
