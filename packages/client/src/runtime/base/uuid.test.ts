import { afterEach, expect, test, vi } from 'vitest';
import { createUuid } from './uuid';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a UUID is random', () => {
  expect(createUuid()).toMatch(UUID_V4);
  expect(createUuid()).not.toBe(createUuid());
});

test('a UUID needs no secure origin', () => {
  const { crypto } = globalThis;
  vi.stubGlobal('crypto', {
    getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes),
  });
  expect(createUuid()).toMatch(UUID_V4);
  vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(255) });
  expect(createUuid()).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
});
