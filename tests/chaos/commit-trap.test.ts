import { findPostgres } from '@wirepact/test-postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { CommitTrap } from './commit-trap';
import { FaultyProxy } from './faulty-proxy';
import { Postgres } from './postgres';

const programs = findPostgres();

describe.skipIf(!programs)('between a server and PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await Postgres.start(programs ?? '');
    const client = new Client({ connectionString: postgres.connectionString });
    await client.connect();
    await client.query('create table kept (text text)');
    await client.end();
  });
  afterAll(() => postgres.stop());

  async function connect(connectionString: string) {
    const client = new Client({ connectionString });
    client.on('error', () => undefined);
    await client.connect();
    onTestFinished(() => client.end());
    return client;
  }

  async function openProxy() {
    const proxy = new FaultyProxy(
      () => postgres.port,
      () => undefined,
    );
    onTestFinished(() => proxy.close());
    const url = new URL(postgres.connectionString);
    url.port = new URL(await proxy.listen()).port;
    return { proxy, open: () => connect(`${url}`) };
  }

  const isKept = async (text: string) => {
    const client = await connect(postgres.connectionString);
    return (await client.query('select 1 from kept where text = $1', [text])).rowCount === 1;
  };

  const write = async (client: Client, text: string, end: string) => {
    await client.query('begin');
    await client.query('insert into kept values ($1)', [text]);
    await client.query(end);
  };

  test.each(['one', 'all'] as const)(
    'the commit of a text stands, and its answer is lost, with %s of the connections',
    async (cuts) => {
      const { proxy, open } = await openProxy();
      const [writer, other] = [await open(), await open()];
      proxy.set(new CommitTrap(`lost ${cuts}`, cuts));
      await write(other, 'something else', 'commit');
      await expect(write(writer, `lost ${cuts}`, 'commit')).rejects.toThrow('Connection terminated');
      expect(await isKept(`lost ${cuts}`)).toBe(true);
      expect(proxy.sprung).toBe(1);
      const outcome = await other.query('select 1').then(
        () => 'answered',
        () => 'cut off',
      );
      expect(outcome).toBe(cuts === 'one' ? 'answered' : 'cut off');
    },
  );

  test('a commit that is prepared first is known, too', async () => {
    const { proxy, open } = await openProxy();
    const writer = await open();
    proxy.set(new CommitTrap('prepared', 'one'));
    await writer.query('begin');
    await writer.query('insert into kept values ($1)', ['prepared']);
    await expect(writer.query({ name: 'end', text: 'commit' })).rejects.toThrow('Connection terminated');
    expect(await isKept('prepared')).toBe(true);
  });

  test('what is rolled back is not lost: the next transaction is that writes it', async () => {
    const { proxy, open } = await openProxy();
    const writer = await open();
    proxy.set(new CommitTrap('again', 'one'));
    await write(writer, 'again', 'rollback');
    await write(writer, 'something else', 'commit');
    await expect(write(writer, 'again', 'commit')).rejects.toThrow('Connection terminated');
    expect(await isKept('again')).toBe(true);
  });

  test('it ends the connections that there are, and is back with its data after it was killed', async () => {
    const client = await connect(postgres.connectionString);
    await client.query("insert into kept values ('before')");
    expect(await postgres.terminateBackends()).toBeGreaterThan(0);
    await expect(client.query('select 1')).rejects.toThrow();
    postgres.kill();
    await postgres.restart();
    expect(await isKept('before')).toBe(true);
  });
});
