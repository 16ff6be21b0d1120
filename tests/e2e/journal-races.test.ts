import { WirepactError } from '@wirepact/contract/runtime';
import { createMemoryStore, type Store } from '@wirepact/server';
import { describe, expect, test } from 'vitest';
import { hello, newChannel, TRANSPORTS, useChat } from './chat-fixture';
import { createGate, type Gate } from './gate';
import { positionOf, post, seen, visit } from './journal';

type Moment = 'found' | 'beforeRead' | 'afterRead' | 'stored';

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const memory = createMemoryStore();
  /** What is to happen at the next such moment. */
  const plans = new Map<Moment, () => Promise<void>>();
  const pass = async (moment: Moment) => {
    const plan = plans.get(moment);
    plans.delete(moment);
    await plan?.();
  };
  const store: Store = {
    ...memory,
    async createChannel(channel) {
      const found = await memory.createChannel(channel);
      await pass('found');
      return found;
    },
    async readJournal(...args) {
      await pass('beforeRead');
      const page = await memory.readJournal(...args);
      await pass('afterRead');
      return page;
    },
    async appendMessage(message) {
      const appended = await memory.appendMessage(message);
      await pass('stored');
      return appended;
    },
  };
  const chat = useChat({ store }, transport);

  /** The next such moment lasts until `passed` is open. */
  function hold(moment: Moment): { reached: Gate; passed: Gate } {
    const gates = { reached: createGate(), passed: createGate() };
    plans.set(moment, async () => {
      gates.reached.open();
      await gates.passed.opened;
    });
    return gates;
  }

  test.each(['beforeRead', 'afterRead'] as const)(
    '[RESUME-4] what happens %s the journal comes once, in order',
    async (moment) => {
      const channelId = newChannel();
      const resume = await visit(chat, channelId);
      await post(chat, channelId, 'missed');
      plans.set(moment, async () => void (await post(chat, channelId, 'meanwhile')));
      const client = await chat.connect();
      const joined = await client.ask('join_channel', { channelId, resume });
      expect(joined).toMatchObject({ data: { recovered: true, seq: 2 } });
      await post(chat, channelId, 'live');
      await client.caughtUp();
      expect(seen(client)).toEqual(['1 missed', '2 meanwhile', '3 live']);
    },
  );

  test('[RESUME-4] what was stored and not yet broadcast when the journal was read comes once', async () => {
    const channelId = newChannel();
    const member = await chat.joined(channelId);
    const resume = await visit(chat, channelId);
    const { reached, passed } = hold('stored');
    const posted = post(chat, channelId, 'slow');
    await reached.opened;
    const client = await chat.connect();
    await client.ask('join_channel', { channelId, resume });
    passed.open();
    await posted;
    await post(chat, channelId, 'live');
    await Promise.all([client.caughtUp(), member.caughtUp()]);
    for (const told of [client, member]) expect(seen(told)).toEqual(['1 slow', '2 live']);
  });

  test('[RESUME-2] [RESUME-9] what happens while somebody joins without resume comes as an event', async () => {
    const channelId = newChannel();
    await visit(chat, channelId);
    const { reached, passed } = hold('beforeRead');
    const client = await chat.connect();
    const joining = client.ask('join_channel', { channelId });
    await reached.opened;
    await post(chat, channelId, 'meanwhile');
    passed.open();
    expect(await joining).toMatchObject({ ok: true, data: { seq: 1 } });
    await post(chat, channelId, 'live');
    await client.caughtUp();
    expect(seen(client)).toEqual(['1 meanwhile', '2 live']);
  });

  test.each(['found', 'beforeRead', 'afterRead'] as const)(
    '[SEQ-5] [JOIN-13] a member that joins again gets what happens meanwhile (%s) once',
    async (moment) => {
      const channelId = newChannel();
      const client = await chat.joined(channelId);
      plans.set(moment, async () => void (await post(chat, channelId, 'meanwhile')));
      await client.ask('join_channel', { channelId });
      if (plans.delete(moment)) await post(chat, channelId, 'meanwhile');
      await post(chat, channelId, 'live');
      await client.caughtUp();
      expect(seen(client)).toEqual(['1 meanwhile', '2 live']);
    },
  );

  test('[ERR-16] [SEQ-5] a member whose second join fails misses nothing', async () => {
    const channelId = newChannel();
    const resume = await visit(chat, channelId);
    const client = await chat.joined(channelId);
    plans.set('afterRead', async () => {
      await post(chat, channelId, 'meanwhile');
      throw new WirepactError('STORE_UNAVAILABLE', 'Not now.', { retryable: true });
    });
    const joined = await client.ask('join_channel', { channelId, resume });
    expect(joined).toMatchObject({ ok: false, error: { code: 'STORE_UNAVAILABLE' } });
    await post(chat, channelId, 'live');
    await client.caughtUp();
    expect(seen(client)).toEqual(['1 meanwhile', '2 live']);
  });

  test('[RESUME-4] what somebody sends while it is joining comes once', async () => {
    const channelId = newChannel();
    const resume = await visit(chat, channelId);
    await post(chat, channelId, 'missed');
    const client = await chat.connect();
    const { reached, passed } = hold('beforeRead');
    const joining = client.ask('join_channel', { channelId, resume });
    await reached.opened;
    const sending = client.ask('send_message', hello(channelId, { text: 'mine' }));
    await client.caughtUp();
    passed.open();
    await Promise.all([joining, sending]);
    await client.caughtUp();
    expect(seen(client)).toEqual(['1 missed', '2 mine']);
  });

  test('[RESUME-4] what somebody has sent and catches up with before it is acknowledged comes once', async () => {
    const channelId = newChannel();
    const resume = await visit(chat, channelId);
    const client = await chat.connect();
    const { reached, passed } = hold('stored');
    const sending = client.ask('send_message', hello(channelId, { text: 'mine' }));
    await reached.opened;
    await client.ask('join_channel', { channelId, resume });
    passed.open();
    expect(await sending).toMatchObject({ ok: true, data: { seq: 1 } });
    expect(seen(client)).toEqual(['1 mine']);
  });

  test('[LEAVE-1] who leaves while it is joining has left', async () => {
    const channelId = newChannel();
    const client = await chat.connect();
    const { reached, passed } = hold('beforeRead');
    const joining = client.ask('join_channel', { channelId });
    await reached.opened;
    const leaving = client.ask('leave_channel', { channelId });
    await client.caughtUp();
    passed.open();
    await Promise.all([joining, leaving]);
    await post(chat, channelId, 'unheard');
    await client.caughtUp();
    expect(seen(client)).toEqual([]);
  });

  test('[MGMT-6] [CHANGE-8] who joins a channel while it is deleted is in no channel', async () => {
    const channelId = newChannel();
    const client = await chat.connect();
    plans.set('afterRead', async () => void (await chat.server.channels.delete(channelId)));
    const joined = await client.ask('join_channel', { channelId });
    expect(joined).toMatchObject({ ok: false, error: { code: 'CHANNEL_NOT_FOUND' } });
    await chat.server.channels.create({ id: channelId });
    await post(chat, channelId, 'another life');
    await client.caughtUp();
    expect(seen(client)).toEqual([]);
    expect(positionOf(await client.ask('join_channel', { channelId }))).toMatchObject({ seq: 1 });
  });
});
