import { randomUUID } from 'node:crypto';
import type { Agent } from '@wirepact/server';
import { describe, expect, test } from 'vitest';
import { createAgent, hello, newChannel, TRANSPORTS, useChat } from './chat-fixture';
import type { SeedClient } from './seed-client';

const serverId = '987fcdeb-51a2-43f1-b012-123456789abc';
const attachment = { url: 'https://example.org/a.png', type: 'image/png' };

/** Answers, stays silent, fails or never ends, as it is told. */
const eliza = createAgent('Eliza', async function* (text) {
  if (text === 'fail') throw new Error('secret-of-the-agent');
  if (text === 'hang') await new Promise(() => undefined);
  if (text === 'silence') return;
  yield { thought: 'They greet me.' };
  yield 'How do you ';
  yield { text: 'do?', action: { type: 'WAVE' } };
  yield { attachment };
});

const textsOf = (client: SeedClient) => client.all('messageBroadcast').map(({ text }) => text);

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  describe('one agent', () => {
    const chat = useChat({ agents: [eliza] }, transport);
    const hasty = useChat({ agents: [eliza], agentTimeoutMs: 20 }, transport);

    /** A message to the agent, seen to its end by its sender and another member. */
    async function exchange(text: string, { joined } = chat) {
      const channelId = newChannel();
      const [sender, member] = await Promise.all([joined(channelId), joined(channelId)]);
      sender.emit('send_message', hello(channelId, { text, serverId, messageId: 'm-1' }));
      const complete = await sender.next('messageComplete');
      await Promise.all([sender.caughtUp(), member.caughtUp()]);
      return { channelId, sender, member, complete };
    }

    test('[AGENT-1] [AGENT-2] [CAST-5] [CAST-13] [CAST-14] [CAST-17] an answer is a messageBroadcast with all its parts', async () => {
      const { channelId, sender, member } = await exchange('Hi');
      const answer = {
        ...{ senderId: eliza.id, senderName: 'Eliza', text: 'How do you do?', source: 'agent_response' },
        ...{ roomId: channelId, serverId, id: expect.any(String), createdAt: expect.any(Number) },
        ...{ thought: 'They greet me.', actions: [{ type: 'WAVE' }], attachments: [attachment] },
        ...{ inReplyToMessageId: member.all('messageBroadcast')[0]?.id },
        ...{ seq: 2, epoch: member.all('messageBroadcast')[0]?.epoch },
      };
      expect(member.all('messageBroadcast')[1]).toEqual(answer);
      expect(sender.all('messageBroadcast')[1]).toEqual(answer);
    });

    test('[AGENT-3] messageComplete follows the answer', async () => {
      const { sender, member } = await exchange('Hi');
      const events = ['messageBroadcast', 'messageAck', 'messageBroadcast', 'messageComplete'];
      expect(sender.timeline).toEqual([...events, 'ack heartbeat']);
      expect(member.timeline).toEqual([...events.filter((event) => event !== 'messageAck'), 'ack heartbeat']);
    });

    test('[AGENT-4] messageComplete has the channel and the server of the message', async () => {
      const { channelId, sender, complete } = await exchange('Hi');
      const [question, answer] = sender.all('messageBroadcast');
      expect(complete).toEqual({
        ...{ channelId, serverId },
        ...{ messageId: answer?.id, inReplyToMessageId: question?.id },
      });
    });

    test('[AGENT-6] an agent that says nothing is complete, too', async () => {
      const { sender, member } = await exchange('silence');
      for (const client of [sender, member]) {
        expect(textsOf(client)).toEqual(['silence']);
        expect(client.all('messageComplete')).toHaveLength(1);
      }
    });

    test.each([
      ['fail', chat],
      ['hang', hasty],
    ])(
      '[AGENT-6] [AGENT-7] an agent that cannot answer (%s) gives AGENT_FAILED to the sender, and is complete',
      async (text, fixture) => {
        const { channelId, sender, member } = await exchange(text, fixture);
        expect(sender.all('messageError')).toEqual([
          {
            ...{ error: expect.stringMatching(/\w/), code: 'AGENT_FAILED', retryable: true },
            ...{ event: 'send_message', clientMessageId: 'm-1' },
          },
        ]);
        expect(sender.all('messageAck')).toHaveLength(1);
        expect(member.timeline.filter((event) => event !== 'messageStreamChunk')).toEqual([
          ...['messageBroadcast', 'messageStreamError', 'messageComplete', 'ack heartbeat'],
        ]);
        expect(JSON.stringify(sender.transcript)).not.toContain('secret-of-the-agent');
        expect(await fixture.server.messages.list(channelId, { limit: 9 })).toHaveLength(1);
      },
    );

    test('[AGENT-12] a resend is not answered again', async () => {
      const { channelId, sender } = await exchange('Hi');
      await sender.ask('send_message', hello(channelId, { text: 'Hi', serverId, messageId: 'm-1' }));
      sender.emit('send_message', hello(channelId, { text: 'silence' }));
      await sender.next('messageComplete');
      expect(textsOf(sender)).toEqual(['Hi', 'How do you do?', 'silence']);
    });

    test('[AGENT-5] [AGENT-6] who is not in the channel is not told', async () => {
      const outsider = await chat.joined(newChannel());
      await exchange('Hi');
      await outsider.caughtUp();
      expect(outsider.timeline).toEqual(['ack heartbeat']);
    });
  });

  describe('two agents', () => {
    const echo = createAgent('Echo', (text) => [`echo ${text}`]);
    const parrot = createAgent('Parrot', (text) => [`parrot ${text}`]);
    const chat = useChat({ agents: [echo, parrot] }, transport);

    test('[AGENT-5] [AGENT-8] [AGENT-9] where joins named none, all answer people, and only people', async () => {
      const channelId = newChannel();
      const client = await chat.joined(channelId);
      for (const text of ['one', 'two']) client.emit('send_message', hello(channelId, { text }));
      for (let turn = 0; turn < 4; turn += 1) await client.next('messageComplete');
      await client.ask('send_message', hello(channelId, { text: 'three' }));
      for (let turn = 0; turn < 2; turn += 1) await client.next('messageComplete');
      await client.caughtUp();
      const answers = ['one', 'two', 'three'].flatMap((text) => [text, `echo ${text}`, `parrot ${text}`]);
      expect(textsOf(client).sort()).toEqual(answers.sort());
      expect(client.all('messageComplete')).toHaveLength(6);
    });

    test('[AGENT-8] the agents that joins have named answer, and no other', async () => {
      const channelId = newChannel();
      const [client, other] = await Promise.all([chat.connect(), chat.connect()]);
      await client.join(channelId, { agentId: parrot.id });
      client.emit('send_message', hello(channelId, { text: 'Hi' }));
      await client.next('messageComplete');
      expect(textsOf(client)).toEqual(['Hi', 'parrot Hi']);
      await other.join(channelId, { agentId: echo.id });
      other.emit('send_message', hello(channelId, { text: 'Ho' }));
      for (let turn = 0; turn < 2; turn += 1) await other.next('messageComplete');
      expect(textsOf(other).sort()).toEqual(['Ho', 'echo Ho', 'parrot Ho']);
      await client.caughtUp();
      expect(client.all('messageComplete')).toHaveLength(3);
    });
  });

  describe('a slow agent', () => {
    const releases: (() => void)[] = [];
    const slow = createAgent('Slow', async function* (text) {
      await new Promise<void>((resolve) => releases.push(resolve));
      yield `answer to ${text}`;
    });
    const chat = useChat({ agents: [slow] }, transport);

    test('[AGENT-10] an agent answers one message after the other', async () => {
      const channelId = newChannel();
      const client = await chat.joined(channelId);
      for (const text of ['one', 'two']) await client.ask('send_message', hello(channelId, { text }));
      await client.caughtUp();
      expect(releases).toHaveLength(1);
      releases.shift()?.();
      await client.next('messageComplete');
      await client.caughtUp();
      expect(textsOf(client)).toEqual(['one', 'two', 'answer to one']);
      expect(releases).toHaveLength(1);
      releases.shift()?.();
      await client.next('messageComplete');
      expect(textsOf(client)).toEqual(['one', 'two', 'answer to one', 'answer to two']);
    });
  });

  describe('an agent that takes its time', () => {
    const talker = createAgent('Talker', async function* (text) {
      for (const word of ['one ', 'two ', 'three']) {
        yield word;
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (text === 'fail') throw new Error('no more');
    });
    const chat = useChat({ agents: [talker] }, transport);
    const ADDED = ['messageStreamChunk', 'messageStreamError'];

    test.each([
      ['Hi', ['messageBroadcast', 'messageAck', 'messageBroadcast', 'messageComplete']],
      ['fail', ['messageBroadcast', 'messageAck', 'messageError', 'messageBroadcast', 'messageComplete']],
    ])('[COMPAT-9] who ignores what 1.2 adds sees what 1.1 has (%s)', async (text, expected) => {
      const channelId = newChannel();
      const client = await chat.joined(channelId);
      client.emit('send_message', hello(channelId, { text, messageId: 'm-1' }));
      await client.next('messageComplete');
      expect(client.timeline.filter((event) => !ADDED.includes(event))).toEqual(expected);
      expect(textsOf(client)).toEqual([text, 'one two three']);
      expect(client.all('messageStreamChunk').length).toBeGreaterThan(1);
    });
  });

  describe('no agents', () => {
    const none: Agent[] = [];
    const chat = useChat({ agents: none }, transport);

    test('[AGENT-11] any agent may be named, and nothing is ever complete', async () => {
      const channelId = newChannel();
      const client = await chat.connect();
      const agentId = randomUUID();
      expect(await client.join(channelId, { agentId })).toMatchObject({ agentId });
      await client.ask('send_message', hello(channelId));
      await client.ask('send_message', hello(channelId));
      expect(client.timeline).not.toContain('messageComplete');
    });
  });
});
