import { expect, test } from 'vitest';
import { CHANNEL, connect, hello, join, startChat } from '../../chat/test-chat';
import { createMemoryStore, type JournalPage } from '../../index';
import { createKeptLog } from '../test-log';

/** A chat whose store gives pages of its own as soon as `spoil` is called. */
async function startSpoilt(page: object) {
  const memory = createMemoryStore();
  let isSpoilt = false;
  const { logger, texts } = createKeptLog('error');
  const { url } = await startChat({
    logger,
    store: {
      ...memory,
      // What a store of the host's gives that is not what it should be.
      readJournal: async (...args) => (isSpoilt ? (page as JournalPage) : memory.readJournal(...args)),
    },
  });
  return {
    url,
    texts,
    spoil: (is: boolean) => {
      isSpoilt = is;
    },
  };
}

test.each<[string, object]>([
  ['does not get on', { entries: [], seq: 0, hasMore: true }],
  ['goes back', { entries: [], seq: -1, hasMore: false }],
  ['has no end', { entries: [], hasMore: false }],
  ['has no entries', { seq: 1, hasMore: false }],
  ['ends before what members were told', { entries: [], seq: 1, hasMore: false }],
])('a page of a journal that %s is read once, and fails the join', async (_what, page) => {
  const { url, texts, spoil } = await startSpoilt(page);
  const member = await join(url);
  const sent = await member.ask('send_message', hello());
  await member.ask('send_message', hello({ text: 'two' }));
  const { epoch } = Object(sent).data;
  spoil(true);
  const late = await connect(url);
  const resume = { channelId: CHANNEL, resume: { epoch, seq: 0 } };
  expect(await late.ask('join_channel', resume)).toMatchObject({
    error: { code: 'INTERNAL', retryable: true },
  });
  expect(texts.join('')).toMatch(/gave no page that leads on|which members were told/);
  // Whoever is there already goes on, and so does the channel once its store does.
  await member.ask('send_message', hello({ text: 'three' }));
  expect(await member.waitFor('messageBroadcast', 3)).toMatchObject({ text: 'three' });
  spoil(false);
  expect(await late.ask('join_channel', resume)).toMatchObject({ ok: true, data: { recovered: true } });
  expect(late.payloads('messageBroadcast')).toHaveLength(3);
});
