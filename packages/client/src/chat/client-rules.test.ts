import { describe, expect, test } from 'vitest';
import { untilState, useChatFixture } from '../../test/chat-fixture';
import { CHANNEL, MESSAGE, success } from '../../test/socket-server';

/** What the rules of the protocol ask of a client, seen from the server. */
describe('the client', () => {
  const fixture = useChatFixture();

  test('[CLIENT-1] reconnects when the connection is lost, a bounded number of times where it is told so', async () => {
    const chat = fixture.client({ reconnectionAttempts: 2 });
    await chat.connect();
    fixture.server.cut();
    await untilState(chat.connection, ({ status }) => status === 'reconnecting');
    await untilState(chat.connection, ({ status }) => status === 'connected');
    await fixture.server.close();
    const { error } = await untilState(chat.connection, ({ status }) => status === 'disconnected');
    expect(error?.code).toMatch(/CONNECTION_FAILED|DISCONNECTED/);
  });

  test('[CLIENT-2] [CLIENT-3] [CLIENT-5] names the channel by channelId, one entity, and every message', async () => {
    const chat = fixture.client({ entityId: 'ada' });
    const channel = await chat.join(CHANNEL);
    await channel.send('one');
    await channel.send('two');
    const [join] = fixture.server.payloadsOf('join_channel');
    const sends = fixture.server.payloadsOf('send_message').map((payload) => Object(payload));
    expect(join).toMatchObject({ channelId: CHANNEL, entityId: 'ada' });
    for (const payload of [Object(join), ...sends]) expect(payload).not.toHaveProperty('roomId');
    expect(sends).toMatchObject([
      { channelId: CHANNEL, entityId: 'ada', text: 'one' },
      { channelId: CHANNEL, entityId: 'ada', text: 'two' },
    ]);
    expect(new Set(sends.map(({ messageId }) => messageId)).size).toBe(2);
  });

  test('[CLIENT-4] surfaces a messageError that belongs to no request', async () => {
    const chat = fixture.client();
    await chat.connect();
    const heard = new Promise((resolve) => chat.on('messageError', resolve));
    fixture.server.io.emit('messageError', { error: 'Eliza could not answer.', code: 'AGENT_FAILED' });
    expect(await heard).toEqual({ error: 'Eliza could not answer.', code: 'AGENT_FAILED' });
  });

  test('[CLIENT-6] measures the connection with a heartbeat', async () => {
    const chat = fixture.client({ heartbeatIntervalMs: 5 });
    const { latencyMs } = await untilState(chat.connection, (state) => state.latencyMs !== undefined);
    expect(latencyMs).toBeGreaterThanOrEqual(0);
    await expect.poll(() => fixture.server.payloadsOf('heartbeat').length).toBeGreaterThan(1);
  });

  test('[CLIENT-7] [CLIENT-8] joins without room_joined, and ignores events and fields it does not know', async () => {
    fixture.server.answers.join_channel = ({ channelId }, socket) => {
      socket.emit('tomorrows_event', { anything: true });
      return success({ channelId, tomorrow: 1 });
    };
    const violations: unknown[] = [];
    const chat = fixture.client({ onContractViolation: (violation) => void violations.push(violation) });
    expect((await chat.join(CHANNEL)).id).toBe(CHANNEL);
    expect(violations).toEqual([]);
  });

  test('[CLIENT-9] joins its channels again after a reconnect', async () => {
    const chat = fixture.client();
    await chat.join(CHANNEL);
    fixture.server.cut();
    await expect.poll(() => fixture.server.payloadsOf('join_channel').length).toBe(2);
  });

  test('[CLIENT-10] a message of unknown fate is sent again under the same messageId', async () => {
    let dropped = false;
    fixture.server.answers.send_message = (_payload, socket) => {
      if (dropped) return success({ messageId: MESSAGE, createdAt: 1 });
      dropped = true;
      socket.conn.close();
      return undefined;
    };
    const chat = fixture.client();
    const channel = await chat.join(CHANNEL);
    const send = () => channel.send('once', { messageId: 'mine' });
    expect(await send().catch(send)).toMatchObject({ messageId: MESSAGE });
    expect(fixture.server.payloadsOf('send_message').map((payload) => Object(payload).messageId)).toEqual([
      'mine',
      'mine',
    ]);
  });
});
