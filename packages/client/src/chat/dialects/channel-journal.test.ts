import { expect, test } from 'vitest';
import { ChannelJournal } from './channel-journal';

/** Numbers for what a server does not number. */

const message = (id: string, createdAt: number) => ({ id, createdAt });

test('[FOREIGN-7] what happens goes up from where the journal begins, and history down', () => {
  const journal = new ChannelJournal();
  const { epoch, seq } = journal.position;
  expect(journal.next(message('live', 30))).toEqual({ epoch, seq: seq + 1 });
  const numbered = journal.number([message('b', 20), message('a', 10)]);
  expect(numbered).toEqual([
    { id: 'a', createdAt: 10, epoch, seq: seq - 1 },
    { id: 'b', createdAt: 20, epoch, seq },
  ]);
  expect(
    journal.number([message('live', 30), message('b', 20), message('0', 5)]).map((one) => one.seq),
  ).toEqual([seq - 2, seq, seq + 1]);
  expect(journal.position).toEqual({ epoch, seq: seq + 1 });
});

test('a message that is told again keeps its number, and what tells it has the next', () => {
  const journal = new ChannelJournal();
  const { seq } = journal.position;
  journal.next(message('a', 10));
  expect(journal.next(message('a', 11)).seq).toBe(seq + 2);
  expect(journal.receiptOf('a')).toMatchObject({ seq: seq + 1, createdAt: 10 });
  expect(journal.receiptOf('b')).toBeUndefined();
});

test('it says where history before a number begins', () => {
  const journal = new ChannelJournal();
  const { seq } = journal.position;
  journal.next(message('c', 30));
  journal.next();
  journal.number([message('b', 20), message('a', 10)]);
  expect([seq - 1, seq, seq + 1, seq + 2].map((from) => journal.createdFrom(from))).toEqual([
    10,
    20,
    30,
    Number.POSITIVE_INFINITY,
  ]);
  expect(['b', 'a', 'new'].map((id) => journal.isFrom(id, seq))).toEqual([true, false, false]);
});

test('it says whether it knows a message, or a later one', () => {
  const journal = new ChannelJournal();
  expect(journal.knowsFrom(message('a', 10))).toBe(false);
  journal.next(message('b', 20));
  expect([19, 20, 21].map((at) => journal.knowsFrom(message('a', at)))).toEqual([true, false, false]);
  expect(journal.knowsFrom(message('b', 20))).toBe(true);
});

test('it remembers so many messages, and forgets the oldest known', () => {
  const journal = new ChannelJournal();
  for (let at = 0; at <= 20_000; at += 1) journal.next(message(`m${at}`, at));
  expect(journal.receiptOf('m0')).toBeUndefined();
  expect(journal.receiptOf('m1')).toBeDefined();
});

test('each journal is of a life of its own', () => {
  expect(new ChannelJournal().epoch).not.toBe(new ChannelJournal().epoch);
});
