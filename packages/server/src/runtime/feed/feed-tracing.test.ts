import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test } from 'vitest';
import { JournalFeed } from './journal-feed';
import { CHANNEL, EPOCH, TestConnection, TestJournal } from './test-journal';

test('what is delivered belongs to the write that caused it, and what is read to nobody’s', async () => {
  const underWay = new AsyncLocalStorage<string>();
  const delivered: [seq: number, cause: string | undefined][] = [];
  const journal = new TestJournal();
  const feed = new JournalFeed<TestConnection>({
    journal,
    sender: {
      toOne: () => {},
      toRoom: (_roomId, _exceptIds, _event, payload) =>
        void delivered.push([(payload as { seq: number }).seq, underWay.getStore()]),
      join: () => {},
      leave: () => {},
    },
    tracing: {
      run: (step, work) => underWay.run(`${underWay.getStore()} ${step}`, work),
      apart: (work) => underWay.run('nobody', work),
    },
    onEnd: () => {},
    onForeignWrite: () => {},
  });
  const entering = { actor: undefined, find: async () => journal.position, onEntering: () => {} };
  await feed.enter({ connection: new TestConnection('member'), ...entering }, CHANNEL, undefined);

  const write = (name: string) =>
    underWay.run(name, async () => {
      const entry = await feed.write({ roomId: CHANNEL }, async () => {
        expect(underWay.getStore()).toBe(`${name} store`);
        return journal.commit(name);
      });
      await feed.publish(CHANNEL, EPOCH, entry);
    });
  await write('one');
  // Two and three are another process's: whoever writes four has them read.
  journal.commit('elsewhere');
  journal.commit('elsewhere');
  await write('four');
  await write('five');
  expect(delivered).toEqual([
    [1, 'one'],
    [2, 'nobody'],
    [3, 'nobody'],
    [4, 'nobody'],
    [5, 'five'],
  ]);
  feed.close();
});
