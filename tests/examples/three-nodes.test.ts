import { type Channel, createChatClient } from '@wirepact/client';
import { findPostgres, startPostgres } from '@wirepact/test-postgres';
import { findRedis, startRedis } from '@wirepact/test-redis';
import { expect, onTestFinished, test } from 'vitest';
import { startExample } from './example-process';

const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';
const [programs, program] = [findPostgres(), findRedis()];

/** Starts the example on a PostgreSQL and a Redis that end with the test, whatever becomes of the example. */
async function startThree() {
  const [postgres, redis] = await Promise.all([
    startPostgres(programs ?? '', { isDurable: false }),
    startRedis(program ?? ''),
  ]);
  onTestFinished(async () => {
    await Promise.all([postgres.stop(), redis.stop()]);
  });
  return startExample('three-nodes', {
    DATABASE_URL: await postgres.createDatabase(),
    REDIS_URL: redis.url,
  });
}

async function join(url: string, entityId: string): Promise<Channel> {
  const chat = createChatClient(url, { entityId, entityName: entityId });
  onTestFinished(() => chat.close());
  return chat.join(CHANNEL);
}

const textsOf = ({ view }: Channel) => view.get().messages.map(({ text }) => text);

test.skipIf(!programs || !program)(
  'three-nodes: clients of different nodes hear each other, also while the nodes are replaced',
  async () => {
    const { url, signal, waitForLine } = await startThree();
    const members = [await join(url, 'ada'), await join(url, 'bob'), await join(url, 'cleo')] as const;
    const [ada, bob] = members;
    await ada.send('first');
    for (const member of members)
      await expect.poll(() => textsOf(member)).toEqual(['first', 'You said: first']);

    signal('SIGHUP');
    const replaced = waitForLine('all nodes are replaced');
    let isReplaced = false;
    void replaced.then(() => {
      isReplaced = true;
    });
    const sent: string[] = [];
    // No more than a minute's rate limit has, however long it takes.
    while (!isReplaced && sent.length < 20) {
      sent.push(`${sent.length}`);
      await bob.send(`${sent.length - 1}`);
      await Promise.race([replaced, new Promise((resolve) => setTimeout(resolve, 500))]);
    }
    await replaced;
    await ada.send('last');
    const own = (member: Channel) => textsOf(member).filter((text) => !text.startsWith('You said: '));
    const echoes = (member: Channel) => textsOf(member).length - own(member).length;
    for (const member of members) {
      await expect.poll(() => own(member)).toEqual(['first', ...sent, 'last']);
      await expect.poll(() => echoes(member)).toBe(sent.length + 2);
    }
  },
);
