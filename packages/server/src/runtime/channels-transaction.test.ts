import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { defineContract, defineEvent } from '@wirepact/contract';
import { SESSION_NAMES } from '@wirepact/contract/runtime';
import { findPostgres, startPostgres } from '@wirepact/test-postgres';
import { Client } from 'pg';
import { pino } from 'pino';
import { io } from 'socket.io-client';
import * as Type from 'typebox';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSqliteStore } from '../chat/store/create-sqlite-store';
import { createMemoryStore } from '../chat/store/memory-store';
import { createPostgresStore } from '../chat/store/postgres-store';
import { createContractServer } from './attach-contract';
import type { EventStore } from './ports/event-store';

const room = { name: 'board', property: 'boardId' } as const;
const board = defineContract({
  name: 'board',
  version: '1.0.0',
  clientToServer: {},
  serverToClient: {
    cardMoved: defineEvent({
      description: 'A card was moved.',
      payload: Type.Object({ boardId: Type.String(), card: Type.Integer() }),
      durable: true,
      room,
    }),
  },
});

/** A server of boards on a store, and what a member of one hears. */
async function serve(store: EventStore) {
  const server = createContractServer(board, { handlers: {}, store, logger: pino({ level: 'silent' }) });
  onTestFinished(async () => {
    await server.close();
    await store.close();
  });
  const { url } = await server.listen(0, '127.0.0.1');
  const socket = io(url, { transports: ['websocket'], reconnection: false });
  onTestFinished(() => void socket.disconnect());
  const moved: number[] = [];
  socket.on('cardMoved', ({ card }) => moved.push(card));
  await socket.emitWithAck(SESSION_NAMES.join, { room: 'board', id: 'b1' });
  return { channel: server.channel('board', 'b1'), moved };
}

const move = (card: number) => ({ boardId: 'b1', card });

describe('an event that is published in a transaction of the application', () => {
  test('in SQLite happens with it, or not at all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wirepact-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'board.db');
    const { channel, moved } = await serve(createSqliteStore({ file }));
    const database = new DatabaseSync(file);
    onTestFinished(() => database.close());
    database.exec('create table cards (id integer)');

    database.exec('begin immediate; insert into cards values (1)');
    expect(await channel.publish('cardMoved', move(1), { transaction: database })).toMatchObject({ seq: 1 });
    database.exec('rollback');
    await channel.refresh();

    database.exec('begin immediate; insert into cards values (2)');
    const published = await channel.publish('cardMoved', move(2), { transaction: database, key: 'k' });
    expect(published).toMatchObject({ seq: 1, repeated: false });
    database.exec('commit');
    await channel.refresh();
    await expect.poll(() => moved).toEqual([2]);
    expect(await channel.publish('cardMoved', move(2), { key: 'k' })).toMatchObject({
      seq: 1,
      repeated: true,
    });
    expect(await channel.publish('cardMoved', move(3))).toMatchObject({ seq: 2 });
    await expect.poll(() => moved).toEqual([2, 3]);
  });

  const programs = findPostgres();
  test.skipIf(!programs)('in PostgreSQL happens with it, and members hear of it by themselves', async () => {
    const postgres = await startPostgres(programs ?? '', { isDurable: false });
    onTestFinished(() => postgres.stop());
    const connection = await postgres.createDatabase();
    const { channel, moved } = await serve(createPostgresStore({ connection }));
    const client = new Client({ connectionString: connection });
    await client.connect();
    onTestFinished(() => client.end());

    await client.query('begin');
    await channel.publish('cardMoved', move(1), { transaction: client });
    await client.query('rollback');
    await client.query('begin');
    await channel.publish('cardMoved', move(2), { transaction: client });
    expect(moved).toEqual([]);
    await client.query('commit');
    await expect.poll(() => moved).toEqual([2]);
    await channel.publish('cardMoved', move(3));
    await expect.poll(() => moved).toEqual([2, 3]);
  });

  test('is refused where there is no such transaction', async () => {
    const { channel } = await serve(createMemoryStore());
    await expect(channel.publish('cardMoved', move(1), { transaction: {} })).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    });
    const other = await serve(createSqliteStore({ file: ':memory:' }));
    await expect(other.channel.publish('cardMoved', move(1), { transaction: {} })).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    });
  });
});
