import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { CHANNEL, SERVER, silent } from '../test-chat';
import { collectAnswer } from './agent-answer';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const PARTS = 20_000;
/** A twentieth of what it would be were something of each part kept. */
const MAX_BYTES_OF_A_PART = 20;

test('nothing of what an agent has said is kept while it answers', async () => {
  const heapUsed = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  let kept = 0;
  const agent = {
    id: SERVER,
    name: 'Talker',
    async *respond() {
      yield 'first';
      const before = heapUsed();
      for (let index = 0; index < PARTS; index += 1) yield 'a';
      kept = heapUsed() - before;
    },
  };
  const message = {
    id: CHANNEL,
    channelId: CHANNEL,
    serverId: SERVER,
    senderId: 'ann',
    senderName: 'Ann',
    text: 'Talk.',
    createdAt: 0,
    source: 'test',
    seq: 1,
    epoch: 'e',
  };
  const { signal } = new AbortController();
  let count = 0;
  await collectAnswer(
    agent,
    message,
    { channelId: CHANNEL, serverId: SERVER, signal, logger: silent, history: async () => [] },
    () => {
      count += 1;
    },
  );
  expect(count).toBe(PARTS + 1);
  expect(kept / PARTS).toBeLessThan(MAX_BYTES_OF_A_PART);
});
