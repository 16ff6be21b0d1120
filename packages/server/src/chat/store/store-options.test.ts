import { expect, test } from 'vitest';
import { createSqliteStore } from './create-sqlite-store';
import { createMemoryStore } from './memory-store';
import { createPostgresStore } from './postgres-store';

const STORES: Readonly<Record<string, (options: never) => unknown>> = {
  createMemoryStore,
  createPostgresStore,
  createSqliteStore,
};

test.each<[string, unknown, string]>([
  ['createSqliteStore', './chat.db', "an object, as in createSqliteStore({ file: 'chat.db' })."],
  ['createSqliteStore', null, 'The options must be an object'],
  ['createSqliteStore', { path: './chat.db' }, 'There is no option `path`: the options are file, '],
  ['createSqliteStore', { maxSizeByte: 1 }, 'There is no option `maxSizeByte`: did you mean `maxSizeBytes`?'],
  ['createSqliteStore', { file: 7 }, '`file` must be the name of a file, or ":memory:", not 7.'],
  ['createSqliteStore', { file: '' }, '`file` must be the name of a file, or ":memory:", not "".'],
  [
    'createSqliteStore',
    { maxSizeBytes: '1 GB' },
    '`maxSizeBytes` must be a whole number over 0, not "1 GB".',
  ],
  ['createSqliteStore', { timeoutMs: 2 ** 31 }, '`timeoutMs` must be at most 2147483647'],
  ['createSqliteStore', { maxWaitingWrites: 1e300 }, '`maxWaitingWrites` must be a whole number over 0'],
  ['createSqliteStore', { logger: () => {} }, '`logger` must be a logger with a method `warn`'],
  ['createPostgresStore', 'postgres://ada:secret@host/chat', 'as in createPostgresStore({ connection: '],
  [
    'createPostgresStore',
    undefined,
    'The options must be an object, as in createPostgresStore({ connection: ',
  ],
  ['createPostgresStore', {}, '`connection` must be a URL such as "postgres://user@host/database"'],
  ['createPostgresStore', { connection: undefined }, '`connection` must be a URL such as'],
  ['createPostgresStore', { connection: '' }, '`connection` must be a URL such as'],
  ['createPostgresStore', { connectionString: 'postgres://ada:secret@host' }, 'no option `connectionString`'],
  [
    'createMemoryStore',
    1_000,
    'The options must be an object, as in createMemoryStore({ maxChannels: 100 }).',
  ],
  ['createMemoryStore', [], 'The options must be an object'],
  ['createMemoryStore', { maxMessages: 9 }, 'There is no option `maxMessages`: the options are '],
  ['createMemoryStore', { maxEventsPerChannel: 0 }, '`maxEventsPerChannel` must be a whole number over 0'],
])('%s refuses at once what are no settings: %j', (name, options, message) => {
  const create = () => STORES[name]?.(options as never);
  expect(create).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(message) }),
  );
  expect(create).toThrow(expect.objectContaining({ message: expect.not.stringContaining('secret') }));
});
