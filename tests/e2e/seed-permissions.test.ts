import { describe, expect, test } from 'vitest';
import { createAgent, hello, newChannel, TRANSPORTS, useChat } from './chat-fixture';
import { refusal } from './seed-client';

const eliza = createAgent('Eliza', () => []);

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  describe('on a server that authenticates', () => {
    const chat = useChat(
      {
        agents: [eliza],
        authenticate: ({ auth: { token } }) => {
          if (token === 'broken') throw new Error('secret-of-the-host');
          if (token === 'eve') return { entityId: eliza.id };
          if (token === 'bob') return { entityId: 'bob' };
          return token === 'ann' ? { entityId: 'ann', entityName: 'Ann A.' } : null;
        },
        authorize: ({ event }) => event !== 'subscribe_logs',
      },
      transport,
    );

    test.each([['wrong'], [undefined]])(
      '[AUTH-1] credentials that are not accepted (%s) get connect_error with the wire error, and no event',
      async (token) => {
        const client = chat.open({ auth: token === undefined ? {} : { token } });
        const error = await refusal(client);
        expect(error).toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
        expect(error.message).toMatch(/\w/);
        expect(client.transcript).toEqual([]);
      },
    );

    test('[ERR-23] [A8] where `authenticate` fails, connecting is retryable, and why stays with the host', async () => {
      const client = chat.open({ auth: { token: 'broken' } });
      const error = await refusal(client);
      expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
      expect(JSON.stringify(error)).not.toContain('secret-of-the-host');
      expect(client.transcript).toEqual([]);
    });

    test.each(['join_channel', 'send_message'])(
      '[AUTH-2] somebody else’s entityId is FORBIDDEN in %s',
      async (event) => {
        const client = await chat.connect({ auth: { token: 'ann' } });
        const channelId = newChannel();
        await client.join(channelId, { entityId: 'ann' });
        const answer = await client.ask(event, hello(channelId, { entityId: 'bob' }));
        expect(answer).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
        expect(await chat.server.messages.list(channelId, { limit: 1 })).toEqual([]);
        expect(await client.ask(event, hello(channelId, { entityId: 'ann' }))).toMatchObject({ ok: true });
      },
    );

    test('[AUTH-3] an agent’s entityId is FORBIDDEN even where the host signs somebody in as it', async () => {
      const client = await chat.connect({ auth: { token: 'eve' } });
      const answer = await client.ask('join_channel', { channelId: newChannel(), entityId: eliza.id });
      expect(answer).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    });

    test('[AUTH-4] the identity’s name goes before the entityName sent', async () => {
      const channelId = newChannel();
      const client = await chat.connect({ auth: { token: 'ann' } });
      await client.join(channelId);
      client.emit('send_message', hello(channelId, { entityId: 'ann', entityName: 'Bob' }));
      expect(await client.next('messageBroadcast')).toMatchObject({ senderId: 'ann', senderName: 'Ann A.' });
      const bob = await chat.connect({ auth: { token: 'bob' } });
      bob.emit('send_message', hello(channelId, { entityId: 'bob', entityName: 'Bobby' }));
      expect(await bob.next('messageBroadcast')).toMatchObject({ senderId: 'bob', senderName: 'Bobby' });
    });

    test('[AUTH-5] [ERR-8] what authorize does not allow is FORBIDDEN', async () => {
      const client = await chat.connect({ auth: { token: 'ann' } });
      client.emit('subscribe_logs');
      expect(await client.next('messageError')).toMatchObject({ code: 'FORBIDDEN', event: 'subscribe_logs' });
      expect(client.timeline).not.toContain('log_subscription_confirmed');
    });
  });

  describe('on a server that does not authenticate', () => {
    const chat = useChat({ agents: [eliza] }, transport);

    test('[AUTH-6] anybody sends under any entityId', async () => {
      const channelId = newChannel();
      const client = await chat.joined(channelId);
      for (const entityId of ['ann', 'bob']) {
        client.emit('send_message', hello(channelId, { entityId }));
        expect(await client.next('messageBroadcast')).toMatchObject({ senderId: entityId });
      }
    });

    test.each(['join_channel', 'send_message'])(
      '[AUTH-3] an agent’s entityId is FORBIDDEN in %s',
      async (event) => {
        const channelId = newChannel();
        const client = await chat.joined(channelId);
        const answer = await client.ask(event, hello(channelId, { entityId: eliza.id }));
        expect(answer).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
        expect(await client.next('messageError')).toMatchObject({ code: 'FORBIDDEN', event });
      },
    );
  });
});
