import { expect, test } from 'vitest';
import { createMessageIds } from './message-id';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('ids are UUIDs of version 7 with the time in front, each after the one before', () => {
  const createId = createMessageIds();
  const before = Date.now();
  const ids = Array.from({ length: 20_000 }, createId);
  expect(ids.every((id) => UUID_V7.test(id))).toBe(true);
  expect(ids).toEqual([...new Set(ids)].sort());
  const time = Number.parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16);
  expect(time).toBeGreaterThanOrEqual(before);
});
