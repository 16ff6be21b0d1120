import { beforeAll, describe, expect, test } from 'vitest';
import { hello, newChannel, TRANSPORTS, UUID, useChat } from './chat-fixture';
import type { Fields, SeedClient } from './seed-client';

const attachments = [{ url: 'https://example.org/a.png', type: 'image/png', width: 640 }];
const serverId = '987fcdeb-51a2-43f1-b012-123456789abc';

/** Two messages, and what everybody concerned was sent of them. */
interface Flow {
  readonly channelId: string;
  readonly startedAt: number;
  /** Says everything that a message can say. */
  readonly full: Fields;
  /** Says only what it must. */
  readonly bare: Fields;
  readonly sender: SeedClient;
  /** Sends without having joined. */
  readonly stranger: SeedClient;
  readonly member: SeedClient;
  /** Another connection of the sender's entity. */
  readonly secondDevice: SeedClient;
  readonly outsider: SeedClient;
}

const broadcastsOf = (client: SeedClient) => client.all('messageBroadcast');

/** The rules, each with what it says about the flow. The first broadcast is of the full message. */
const RULES: Record<string, (flow: Flow) => void> = {
  '[CAST-1] every member receives every message once': ({ sender, member, secondDevice }) => {
    for (const client of [sender, member, secondDevice]) expect(broadcastsOf(client)).toHaveLength(2);
  },
  '[CAST-2] who is not in the channel receives nothing': ({ outsider }) => {
    expect(outsider.timeline).toEqual(['ack heartbeat']);
  },
  '[CAST-3] the sender receives its own message, in the channel or not': ({ sender, stranger }) => {
    expect(broadcastsOf(sender)[0]).toMatchObject({ clientMessageId: 'client-msg-456' });
    expect(broadcastsOf(stranger)).toMatchObject([{ text: 'bare' }]);
  },
  '[CAST-4] id is a UUID of the server’s, the same for everybody': ({ sender, member }) => {
    const ids = broadcastsOf(member).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(UUID);
    expect(broadcastsOf(sender).map(({ id }) => id)).toEqual(ids);
  },
  '[CAST-5] senderId is the entityId': ({ member }) => {
    expect(broadcastsOf(member).map(({ senderId }) => senderId)).toEqual(['user-123', 'user-456']);
  },
  '[CAST-6] senderName is the entityName': ({ member }) => {
    expect(broadcastsOf(member)[0]?.senderName).toBe('John Doe');
  },
  '[CAST-7] senderName is User where there is no entityName': ({ member }) => {
    expect(broadcastsOf(member)[1]?.senderName).toBe('User');
  },
  '[CAST-8] text is as it was sent': ({ member, full }) => {
    expect(broadcastsOf(member)[0]?.text).toBe(full.text);
  },
  '[CAST-9] [COMPAT-6] roomId is the channel': ({ member, channelId }) => {
    expect(broadcastsOf(member)[0]?.roomId).toBe(channelId);
  },
  '[CAST-10] serverId is as it was sent': ({ member }) => {
    expect(broadcastsOf(member)[0]?.serverId).toBe(serverId);
  },
  '[CAST-11] [CAST-12] createdAt is Unix time in milliseconds': ({ member, startedAt }) => {
    const { createdAt } = broadcastsOf(member)[0] ?? {};
    expect(createdAt).toBeGreaterThanOrEqual(startedAt);
    expect(createdAt).toBeLessThanOrEqual(Date.now());
  },
  '[CAST-13] [CAST-14] source is socketio_client': ({ member }) => {
    expect(broadcastsOf(member).map(({ source }) => source)).toEqual(['socketio_client', 'socketio_client']);
  },
  '[CAST-15] clientMessageId goes back to the sender only': ({ sender, member, stranger }) => {
    expect(broadcastsOf(sender)[0]).toHaveProperty('clientMessageId', 'client-msg-456');
    expect(broadcastsOf(stranger)[0]).not.toHaveProperty('clientMessageId');
    for (const message of broadcastsOf(member)) expect(message).not.toHaveProperty('clientMessageId');
  },
  '[CAST-16] not even to another connection of its entity': ({ secondDevice }) => {
    for (const message of broadcastsOf(secondDevice)) expect(message).not.toHaveProperty('clientMessageId');
  },
  '[CAST-17] people’s messages have neither thought nor actions': ({ member }) => {
    for (const message of broadcastsOf(member)) {
      expect(message).not.toHaveProperty('thought');
      expect(message).not.toHaveProperty('actions');
    }
  },
  '[CAST-18] attachments are as they were sent': ({ member }) => {
    const [full, bare] = broadcastsOf(member);
    expect(full?.attachments).toEqual(attachments);
    expect(bare).not.toHaveProperty('attachments');
  },
  '[CAST-19] [H15] nothing else is broadcast, but where it stands, what it answers and its metadata': ({
    member,
  }) => {
    const [full, bare] = broadcastsOf(member);
    const required = ['createdAt', 'id', 'roomId', 'senderId', 'senderName', 'serverId', 'source', 'text'];
    expect(Object.keys(bare ?? {}).sort()).toEqual([...required, 'epoch', 'seq'].sort());
    const added = ['epoch', 'inReplyToMessageId', 'metadata', 'seq'];
    expect(Object.keys(full ?? {}).sort()).toEqual(['attachments', ...required, ...added].sort());
  },
  '[ACK-1] only the sender gets messageAck': ({ sender, stranger, member, secondDevice }) => {
    for (const client of [sender, stranger]) expect(client.all('messageAck')).toHaveLength(1);
    for (const client of [member, secondDevice]) expect(client.timeline).not.toContain('messageAck');
  },
  '[ACK-2] messageAck has the clientMessageId, where there is one': ({ sender, stranger }) => {
    expect(sender.all('messageAck')[0]).toHaveProperty('clientMessageId', 'client-msg-456');
    expect(stranger.all('messageAck')[0]).not.toHaveProperty('clientMessageId');
  },
  '[ACK-3] messageAck has the id of the broadcast': ({ sender, stranger, member }) => {
    const acks = [...sender.all('messageAck'), ...stranger.all('messageAck')];
    expect(acks.map(({ messageId }) => messageId)).toEqual(broadcastsOf(member).map(({ id }) => id));
  },
  '[ACK-4] messageAck has the status success': ({ sender }) => {
    expect(sender.all('messageAck')[0]?.status).toBe('success');
  },
  '[COMPAT-9] without acknowledgements there are the events of 1.0 only': ({ sender }) => {
    expect(sender.timeline).toEqual(['messageBroadcast', 'messageAck', 'messageBroadcast', 'ack heartbeat']);
  },
};

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const chat = useChat({}, transport);

  async function play(): Promise<Flow> {
    const channelId = newChannel();
    const startedAt = Date.now();
    const sender = await chat.joined(channelId);
    const stranger = await chat.joined(newChannel());
    const member = await chat.joined(channelId);
    const secondDevice = await chat.joined(channelId);
    const outsider = await chat.joined(newChannel());
    const full = hello(channelId, {
      ...{ serverId, text: 'Grüße, 👩‍👩‍👧 & <b>all</b>\n"you"\u2028', entityName: 'John Doe', attachments },
      ...{ messageId: 'client-msg-456', inReplyToMessageId: 'client-msg-1', metadata: { mood: 'good' } },
    });
    const bare = hello(channelId, { text: 'bare', entityId: 'user-456' });
    sender.emit('send_message', full);
    await sender.next('messageAck');
    stranger.emit('send_message', bare);
    await stranger.next('messageAck');
    await Promise.all([sender, member, secondDevice, outsider].map((client) => client.caughtUp()));
    return { channelId, startedAt, full, bare, sender, stranger, member, secondDevice, outsider };
  }

  let flow: Flow | undefined;
  beforeAll(async () => {
    flow = await play();
  });

  test.each(Object.entries(RULES))('%s', (_rule, check) => {
    if (!flow) throw new Error('The messages were not sent.');
    check(flow);
  });
});
