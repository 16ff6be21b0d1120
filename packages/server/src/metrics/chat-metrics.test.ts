import { expect, onTestFinished, test } from 'vitest';
import { CHANNEL, hello, join, record, startChat } from '../chat/test-chat';
import { createSqliteStore } from '../index';
import { createMetrics } from './create-metrics';
import { serveMetrics } from './test-scrape';

test('the chat’s turns are seen while they run, and counted by how they ended', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const agent = {
    id: '00000000-0000-4000-8000-00000000000a',
    name: 'Helper',
    async *respond() {
      await held;
      yield 'There.';
    },
  };
  const metrics = createMetrics();
  const { url } = await startChat({ metrics, agents: [agent] });
  const read = await serveMetrics(metrics);
  const ada = await join(url);
  await ada.ask('send_message', hello({ text: 'one' }));
  await ada.ask('send_message', hello({ text: 'two' }));
  const rowOf = async (row: string) => (await read()).get(row);
  await expect.poll(() => rowOf('wirepact_running{contract="wirepact-chat",kind="turns"}')).toBe(1);
  expect(await rowOf('wirepact_running{contract="wirepact-chat",kind="waitingTurns"}')).toBe(1);
  release();
  const ended = 'wirepact_ended_total{contract="wirepact-chat",kind="turn",how="answered"}';
  await expect.poll(() => rowOf(ended)).toBe(2);
});

test('what the store commits is counted by transaction and by write, until the server is closed', async () => {
  const store = createSqliteStore({ file: ':memory:' });
  onTestFinished(() => store.close());
  const metrics = createMetrics();
  const { url, chat } = await startChat({ metrics, store });
  const read = await serveMetrics(metrics);
  const ada = await join(url);
  const before = (await read()).get('wirepact_store_commit_writes_sum{contract="wirepact-chat"}') ?? 0;
  const sends = Array.from({ length: 20 }, (_, index) => hello({ text: `${index}` }));
  await Promise.all(sends.map((payload) => ada.ask('send_message', payload)));
  const rows = await read();
  const writes = rows.get('wirepact_store_commit_writes_sum{contract="wirepact-chat"}') ?? 0;
  const commits = rows.get('wirepact_store_commits_total{contract="wirepact-chat",outcome="committed"}') ?? 0;
  expect(writes - before).toBe(20);
  expect(commits).toBeLessThan(writes);
  expect(rows.get('wirepact_store_commit_duration_seconds_count{contract="wirepact-chat"}')).toBe(commits);
  await chat.close();
  await store.deleteChannel(CHANNEL);
  expect((await read()).get('wirepact_store_commit_writes_sum{contract="wirepact-chat"}')).toBe(writes);
});

test('what a member that comes back reads of the journal is counted', async () => {
  const metrics = createMetrics();
  const { url } = await startChat({ metrics });
  const read = await serveMetrics(metrics);
  const ada = await join(url);
  const { epoch } = ((await ada.ask('send_message', hello())) as { data: { epoch: string } }).data;
  for (let sent = 0; sent < 3; sent += 1) await ada.ask('send_message', hello());
  const readSoFar = async () =>
    (await read()).get('wirepact_journal_events_total{contract="wirepact-chat"}') ?? 0;
  const before = await readSoFar();
  const bob = record(url);
  await bob.ask('join_channel', { channelId: CHANNEL, resume: { epoch, seq: 1 } });
  expect(await readSoFar()).toBe(before + 3);
});
