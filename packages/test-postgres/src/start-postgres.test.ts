import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findPostgres } from './find-postgres';
import { type PostgresInstance, startPostgres } from './start-postgres';

const programs = findPostgres() ?? '';

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString });
  // Its server is killed under it.
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end().catch(() => {});
  return rows;
}

describe.skipIf(!programs)('[F2] a PostgreSQL from npm alone', () => {
  let postgres: PostgresInstance;
  beforeAll(async () => {
    postgres = await startPostgres(programs, { isDurable: false });
  });
  afterAll(() => postgres.stop());

  test('each database is a new one, in UTF-8 whatever the locale of the machine', async () => {
    const databases = [await postgres.createDatabase(), await postgres.createDatabase()];
    expect(new Set(databases).size).toBe(2);
    for (const database of databases)
      expect(await query(database, 'SHOW server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
  });

  test('what was committed is there after it was killed and started again, on the same port', async () => {
    const database = await postgres.createDatabase();
    const { pid, port } = postgres;
    await query(database, 'CREATE TABLE kept AS SELECT 1 AS number');
    process.kill(pid, 'SIGKILL');
    await postgres.restart();
    expect(postgres.port).toBe(port);
    expect(postgres.pid).not.toBe(pid);
    expect(await query(database, 'SELECT number FROM kept')).toEqual([{ number: 1 }]);
  });

  test('one that runs is killed by a restart, also while a client is at work in it', async () => {
    const database = await postgres.createDatabase();
    const atWork = query(database, 'SELECT pg_sleep(600)').catch((error: Error) => error);
    const listWorking = "SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)'";
    await expect.poll(() => query(database, listWorking)).toHaveLength(1);
    await postgres.restart();
    expect(await atWork).toBeInstanceOf(Error);
    expect(await query(database, listWorking)).toEqual([]);
  });

  test('one that was stopped by a signal is ended, too', async () => {
    const other = await startPostgres(programs, { isDurable: false });
    process.kill(other.pid, 'SIGSTOP');
    await other.stop();
    expect(() => process.kill(other.pid, 0)).toThrow('ESRCH');
  });

  test('programs in a folder that only root can reach are started as another user', async () => {
    const closed = await mkdtemp(join(tmpdir(), 'wirepact-closed-'));
    onTestFinished(() => rm(closed, { recursive: true, force: true }));
    await cp(dirname(programs), closed, { recursive: true, verbatimSymlinks: true });
    const other = await startPostgres(join(closed, 'bin'), { isDurable: false });
    onTestFinished(() => other.stop());
    expect(await query(await other.createDatabase(), 'SELECT 1 AS number')).toEqual([{ number: 1 }]);
  });
});
