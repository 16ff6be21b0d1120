import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test } from 'vitest';
import { createSessions } from './sessions';

test('[TRACE-2] the end of an identity belongs to no request, not even to the one it was set in', async () => {
  const underWay = new AsyncLocalStorage<string>();
  const ends: [reason: string, cause: string | undefined][] = [];
  const sessions = createSessions(undefined);
  const connection = {
    address: '127.0.0.1',
    closed: new AbortController().signal,
    identity: { entityId: 'ann', expiresAt: Date.now() },
    isClosed: false,
    end: (reason: string) => void ends.push([reason, underWay.getStore()]),
  };
  underWay.run('a request', () => sessions.open(connection));
  await expect.poll(() => ends).toEqual([['IDENTITY_EXPIRED', undefined]]);
});
