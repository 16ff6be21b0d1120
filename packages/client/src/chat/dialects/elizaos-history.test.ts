import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ZERO_UUID } from '@wirepact/protocol';
import { expect, onTestFinished, test } from 'vitest';
import { rejectionOf } from '../../../test/chat-fixture';
import { ADA } from '../../../test/elizaos-fixture';
import { CHANNEL } from '../../../test/socket-server';
import { ChannelJournal } from './channel-journal';
import { ElizaosHistory } from './elizaos-history';

/** The REST side of a server, in the hands of the test. */
async function serve(
  answer: (query: URLSearchParams) => { status?: number; body?: unknown; headers?: object },
) {
  const asked: string[] = [];
  const http = createServer((request, response) => {
    const { search, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(search);
    const { status = 200, body = '', headers = {} } = answer(searchParams);
    response.writeHead(status, { ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void http.close());
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const history = new ElizaosHistory({ origin, credentials: async () => ({}), reach: {} }, () => ADA);
  return { asked, history };
}

const { signal } = new AbortController();
const row = (content: string, created_at: number) => ({
  ...{ id: ADA.replace('a', content), authorId: ADA, content, created_at },
});

/** Answers as the server does: newest first, created before, so many. */
const listing = (rows: readonly ReturnType<typeof row>[]) => (query: URLSearchParams) => {
  const before = Number(query.get('before') ?? Number.POSITIVE_INFINITY);
  const messages = rows.filter(({ created_at }) => created_at < before).slice(0, Number(query.get('limit')));
  return { body: { success: true, data: { messages } } };
};

test('[FOREIGN-8] messages of one millisecond are all read, however small the pages are', async () => {
  const rows = [...'fedcba9'].map((text) => row(text, text < 'b' ? 1 : 2));
  const { history } = await serve(listing(rows));
  const journal = new ChannelJournal();
  const read: unknown[] = [];
  for (let before: number | undefined, hasMore = true; hasMore; ) {
    const page = await history.page(journal, { channelId: CHANNEL, limit: 2, before }, signal);
    read.unshift(...page.messages.map(({ text }) => text));
    ({ hasMore } = page);
    before = page.messages[0]?.seq ?? before;
  }
  expect(read.join('')).toBe('9abcdef');
});

test('[FOREIGN-8] what is newer than a message that was told is told as well: it is not history', async () => {
  const rows = [...'edcba'].map((text, index) => row(text, 5 - index));
  const { history } = await serve(listing(rows));
  const journal = new ChannelJournal();
  const { seq } = journal.position;
  const asking = history.page(journal, { channelId: CHANNEL, limit: 2, before: seq + 1 }, signal);
  // Told while the history is read, which has two more by then that were not told yet.
  journal.next({ id: row('c', 3).id, createdAt: 3 });
  const newest = await asking;
  expect(newest).toMatchObject({ messages: [{ text: 'b' }], hasMore: true });
  const before = newest.messages[0]?.seq;
  const last = await history.page(journal, { channelId: CHANNEL, limit: 2, before }, signal);
  expect(last).toMatchObject({ messages: [{ text: 'a' }], hasMore: false });
});

test('what was read beforehand is not used once it could not be read anew', async () => {
  const answers = [listing([row('b', 2)]), () => ({ status: 503 }), listing([row('c', 3), row('b', 2)])];
  const { history } = await serve((query) => answers.shift()?.(query) ?? { status: 404 });
  await history.prefetch(CHANNEL, signal);
  expect(await rejectionOf(history.prefetch(CHANNEL, signal))).toMatchObject({ code: 'STORE_UNAVAILABLE' });
  const { messages } = await history.page(new ChannelJournal(), { channelId: CHANNEL }, signal);
  expect(messages.map(({ text }) => text)).toEqual(['b', 'c']);
});

test.each([
  [401, {}, { code: 'UNAUTHENTICATED', retryable: false }],
  [404, {}, { code: 'NOT_SUPPORTED', retryable: false }],
  [429, { 'retry-after': '7' }, { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 7_000 }],
  [503, {}, { code: 'STORE_UNAVAILABLE', retryable: true }],
])('[FOREIGN-8] the status %s is told by a code', async (status, headers, expected) => {
  const { history } = await serve(() => ({ status, headers }));
  const reading = history.page(new ChannelJournal(), { channelId: CHANNEL }, signal);
  expect(await rejectionOf(reading)).toMatchObject(expected);
});

test.each(['', 'no JSON', '[]', '{"data":{}}', '{"data":{"messages":{}}}'])(
  '%j is no history',
  async (body) => {
    const { history } = await serve(() => ({ body }));
    const reading = history.page(new ChannelJournal(), { channelId: CHANNEL }, signal);
    expect(await rejectionOf(reading)).toMatchObject({ code: 'INVALID_REPLY' });
  },
);

test('what is no message is left out of a page, and takes no other with it', async () => {
  const good = row('a', 1);
  const bad = [null, 7, {}, { ...good, id: 'x' }, { ...good, id: ADA.replace('a', 'b'), authorId: {} }];
  const messages = [...bad, { ...good, metadata: { messageServerId: 7 } }];
  const { history } = await serve(() => ({ body: { data: { messages } } }));
  const page = await history.page(new ChannelJournal(), { channelId: CHANNEL }, signal);
  expect(page).toMatchObject({
    messages: [{ text: 'a', roomId: CHANNEL, serverId: ZERO_UUID }],
    hasMore: false,
  });
});

test('[FOREIGN-8] a page that is full but for what is no message is not the last one', async () => {
  const messages = [row('c', 3), null, {}, row('b', 2)];
  const { history } = await serve(() => ({ body: { data: { messages } } }));
  const page = await history.page(new ChannelJournal(), { channelId: CHANNEL, limit: 2 }, signal);
  expect(page).toMatchObject({ messages: [{ text: 'b' }, { text: 'c' }], hasMore: true });
});

test('an answer without an end is not read to it', async () => {
  const { history } = await serve(() => ({ body: ' '.repeat(17 * 1024 * 1024) }));
  const reading = history.page(new ChannelJournal(), { channelId: CHANNEL }, signal);
  expect(await rejectionOf(reading)).toMatchObject({
    code: 'INVALID_REPLY',
    message: expect.stringContaining('bytes'),
  });
});

test('a REST side that cannot be reached is worth another try', async () => {
  const history = new ElizaosHistory(
    { origin: 'http://127.0.0.1:9', credentials: async () => ({}), reach: {} },
    () => ADA,
  );
  const reading = history.page(new ChannelJournal(), { channelId: CHANNEL }, signal);
  expect(await rejectionOf(reading)).toMatchObject({ code: 'CONNECTION_FAILED', retryable: true });
});
