import { expect, test } from 'vitest';
import { AnswerEar } from './answer-ear';
import { Change } from './change';
import { RunLog } from './run-log';

function listen({ mayMissChunks = false } = {}) {
  const log = new RunLog(new Change());
  const ear = new AnswerEar('channel', log.observer('bob'), mayMissChunks);
  const chunk = (offset: number, text: string, messageId = 'answer') =>
    ear.hear({ event: 'chunk', channelId: 'channel', messageId, offset, text }, 'one');
  const end = (messageId: string | undefined) =>
    ear.hear(
      { event: 'end', channelId: 'channel', messageId, question: 'q', name: 'messageComplete' },
      'one',
    );
  const complaints = () => log.misfits.map(({ what }) => what.split(' ').slice(0, 4).join(' '));
  return { log, ear, chunk, end, complaints };
}

const TEXT = 'to:c1-1!whole-12x10by1';

test('chunks go on where the one before ended; one that comes twice, or is missing, is noted', () => {
  const { ear, chunk, complaints } = listen();
  ear.enter([]);
  chunk(0, TEXT);
  chunk(TEXT.length, ' 1');
  expect([ear.streaming, complaints()]).toEqual([[`${TEXT} 1`], []]);
  chunk(TEXT.length, ' 1');
  chunk(TEXT.length + 4, ' 3');
  expect(complaints()).toEqual([
    `a chunk at ${TEXT.length}`,
    `a chunk at ${TEXT.length + 4}`,
    'no agent says to:c1-1!whole-12x10by1',
  ]);
});

test('where chunks may be lost, what comes after a missing one is not taken, and what is known not twice', () => {
  const { ear, chunk, complaints } = listen({ mayMissChunks: true });
  ear.enter([]);
  chunk(0, TEXT);
  chunk(TEXT.length + 2, ' 2');
  expect(ear.streaming).toEqual([TEXT]);
  chunk(0, TEXT);
  chunk(0, `${TEXT} 1`);
  chunk(TEXT.length + 2, ' 2');
  expect([ear.streaming, complaints()]).toEqual([[`${TEXT} 1 2`], []]);
});

test('what came before a join is answered is in what the answer says, or of an answer that is over', () => {
  const { ear, chunk, complaints } = listen();
  chunk(TEXT.length, ' 1');
  chunk(TEXT.length + 2, ' 2');
  chunk(7, 'the end of it', 'over');
  ear.enter([{ messageId: 'answer', text: `${TEXT} 1` }]);
  chunk(20, 'more', 'over');
  expect([ear.streaming, complaints()]).toEqual([[`${TEXT} 1 2`], []]);
});

test('an answer that has ended is not said any more, whatever comes later, and its end is noted', () => {
  const { log, ear, chunk, end } = listen();
  ear.enter([]);
  chunk(0, TEXT);
  end('answer');
  chunk(TEXT.length, ' 1');
  ear.enter([{ messageId: 'answer', text: TEXT }]);
  expect(ear.streaming).toEqual([]);
  expect(log.toldEnds).toMatchObject([{ client: 'bob', question: 'q', connection: 'one' }]);
});

test('a channel that is left is heard from its beginning again', () => {
  const { ear, chunk, complaints } = listen();
  ear.enter([{ messageId: 'answer', text: TEXT }]);
  ear.leave();
  expect(ear.streaming).toEqual([]);
  ear.enter([{ messageId: 'answer', text: TEXT }]);
  chunk(TEXT.length, ' 1');
  expect([ear.streaming, complaints()]).toEqual([[`${TEXT} 1`], []]);
});
