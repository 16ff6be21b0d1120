import { afterEach, expect, test, vi } from 'vitest';
import { createUuid } from './uuid';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('a UUID is of version 7, and no two are the same', () => {
  vi.useFakeTimers({ now: 0 });
  expect(createUuid()).toMatch(UUID_V7);
  expect(createUuid()).not.toBe(createUuid());
});

test('a UUID sorts behind those of before', () => {
  const times = [0, 1, 0xffff, 0x1_0000, Date.UTC(2026, 0), Date.UTC(9999, 0)];
  const ids = times.map((now) => {
    vi.useFakeTimers({ now });
    return createUuid();
  });
  expect(ids.toSorted()).toEqual(ids);
});

test('a UUID needs no secure origin', () => {
  vi.useFakeTimers({ now: 0x0123_4567_89ab });
  vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(255) });
  expect(createUuid()).toBe('01234567-89ab-7fff-8fff-ffffffffffff');
});
