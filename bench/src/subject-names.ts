import type { Subject } from './figure';
import { RIVALS } from './variant';

/** What readers call whatever has samples. */
export const NAMES: Record<Subject, string> = {
  ours: 'wirepact',
  sqlite: 'wirepact, SQLite',
  postgres: 'wirepact, PostgreSQL',
  plain: 'plain socket.io',
  echo: 'plain, acknowledgement only',
  feed: 'feed',
  answering: 'wirepact',
  plainAnswering: 'plain socket.io',
  plainWs: 'ws and JSON',
  zodSockets: 'zod-sockets',
  feathers: 'Feathers',
  orpc: 'oRPC',
  trpc: 'tRPC',
  node: 'wirepact, one of several',
  relay: 'relay',
  relayWorkers: 'relay, workers',
  withDialects: 'wirepact, with a dialect',
  large: 'channel of 1,000,000',
  small: 'channel of 1,000',
  longView: 'view of 30,000',
  shortView: 'view of 1,000',
  emitted: 'wirepact, emitted',
  interpreted: 'wirepact, not built',
  handwritten: 'written by hand',
  typebox: 'typebox, compiled',
  ajv: 'ajv, compiled',
  valibot: 'valibot',
  zod: 'zod',
  events300: '300 events',
  events25: '25 events',
  plainPage: 'socket.io-client alone',
  checkedInitial: 'with checks, at once',
  checkedWhole: 'with checks and issues, one file',
  sdkInitial: 'wirepact client, at once',
  sdkWhole: 'wirepact client and issues',
  allowed: 'what is allowed',
  alone: 'one process, joined to none',
  oneNode: 'one node',
  twoNodes: 'two nodes',
  threeNodes: 'three nodes',
  twoWorkers: 'two workers of one machine',
};

/** Those that others made, and not ours in one form or another. */
export const OTHERS: ReadonlySet<Subject> = new Set<Subject>([
  ...(['plain', 'echo', 'plainAnswering', 'plainPage'] as const),
  ...RIVALS,
  ...(['handwritten', 'typebox', 'ajv', 'valibot', 'zod'] as const),
]);
