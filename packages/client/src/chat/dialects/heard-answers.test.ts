import { expect, test } from 'vitest';
import { AGENT } from '../../../test/elizaos-fixture';
import { CHANNEL, MESSAGE } from '../../../test/socket-server';
import { HeardAnswers } from './heard-answers';

const chunk = (index: number, text: string) => ({
  ...{ messageId: MESSAGE, channelId: CHANNEL, agentId: AGENT, index, chunk: text },
});

test('[FOREIGN-10] a chunk begins where the one before ended; of others nothing is known', () => {
  const answers = new HeardAnswers();
  expect(answers.add(chunk(0, 'How '))).toMatchObject({ offset: 0, chunk: 'How ' });
  expect(answers.add(chunk(1, 'are '))).toMatchObject({ offset: 4, chunk: 'are ' });
  expect(answers.add(chunk(1, 'are '))).toBeUndefined();
  expect(answers.add(chunk(3, 'you?'))).toBeUndefined();
});

test('[FOREIGN-10] what was heard of a channel answers its join, until the answer has ended', () => {
  const answers = new HeardAnswers();
  answers.add(chunk(0, 'How '));
  answers.add(chunk(1, 'are '));
  expect(answers.in(CHANNEL)).toMatchObject([
    { messageId: MESSAGE, agentId: AGENT, text: 'How are ', nextIndex: 2 },
  ]);
  expect(answers.in('another')).toEqual([]);
  answers.end(MESSAGE);
  expect(answers.in(CHANNEL)).toEqual([]);
});

test('an answer without end is followed no further', () => {
  const answers = new HeardAnswers();
  answers.add(chunk(0, 'x'.repeat(1_000_001)));
  expect(answers.add(chunk(1, 'y'))).toBeUndefined();
});
