import { expect, test } from 'vitest';
import { connectTo, startBoard } from '../test-board';

const OVER = 'RATE_LIMITED';

const codesOf = (answers: unknown[]) =>
  answers.map((answer) => (answer as { error?: { code: string } }).error?.code ?? 'ok');

/** A board that counts how many of its generators run. */
async function startCounting(points: number) {
  const counts = { running: 0, begun: 0 };
  const { url } = await startBoard(
    {
      async *list_cards({ signal }) {
        counts.running += 1;
        counts.begun += 1;
        try {
          for (let id = 1; !signal.aborted; id += 1) yield { id };
        } finally {
          counts.running -= 1;
        }
      },
    },
    { rateLimit: { points } },
  );
  return { url, counts };
}

test('a flood of grants is counted, also where they are about no stream', async () => {
  const { url } = await startCounting(10);
  const client = await connectTo(url);
  const grants = Array.from({ length: 100 }, () =>
    client.ask('wirepact:stream_credit', { stream: 'none', credit: 1 }),
  );
  const codes = codesOf(await Promise.all(grants));
  // An eighth of a point each.
  expect(codes.filter((code) => code === 'ok')).toHaveLength(80);
  expect(codes.filter((code) => code === OVER)).toHaveLength(20);
});

test('a grant is free once for the items that came, and not again', async () => {
  const { url } = await startCounting(2);
  const client = await connectTo(url);
  const answer = (await client.ask('list_cards', { count: 1 })) as { data: { stream: string } };
  const { stream } = answer.data;
  await client.waitFor('wirepact:stream_items');
  const codes = codesOf(
    await Promise.all(
      Array.from({ length: 20 }, () => client.ask('wirepact:stream_credit', { stream, credit: 0 })),
    ),
  );
  expect(codes.filter((code) => code === 'ok')).toHaveLength(9);
});

test('whoever opens and cancels streams over and over is limited as for any event', async () => {
  const { url, counts } = await startCounting(20);
  const client = await connectTo(url);
  const codes: string[] = [];
  for (let round = 0; round < 40; round += 1) {
    const answer = (await client.ask('list_cards', { count: 1 })) as { data?: { stream: string } };
    codes.push(...codesOf([answer]));
    if (answer.data) await client.ask('wirepact:stream_cancel', answer.data);
  }
  expect(codes.filter((code) => code === OVER).length).toBeGreaterThan(20);
  await expect.poll(() => counts.running).toBe(0);
  expect(counts.begun).toBeLessThan(20);
});

test('a grant without end is not taken for one', async () => {
  const { url } = await startCounting(1_000);
  const client = await connectTo(url);
  const { data } = (await client.ask('list_cards', { count: 1 })) as { data: { stream: string } };
  await client.ask('wirepact:stream_credit', { ...data, credit: Number.MAX_SAFE_INTEGER });
  const count = () =>
    (client.payloads('wirepact:stream_items') as { items: unknown[] }[]).reduce(
      (sum, { items }) => sum + items.length,
      0,
    );
  await expect.poll(count).toBeGreaterThanOrEqual(4_096);
  await client.ask('refresh');
  expect(count()).toBeLessThanOrEqual(4_096 + 32);
});
