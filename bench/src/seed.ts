import { createSqliteStore } from '@wirepact/server';
import { SERVER_ID, TEXT } from './chat-load';
import { openSqlite } from './sqlite';

/** What a message's row has besides its place and time. */
const BODY = JSON.stringify({
  serverId: SERVER_ID,
  source: 'socketio_client',
  senderId: 'user-123',
  senderName: 'John Doe',
  text: TEXT,
});

/** Rows out of a counter: a million take seconds. Their ids sort as they were made, as the server's do. */
const INSERT = `
  with recursive counter (seq) as (select 1 union all select seq + 1 from counter where seq < ?1)
  insert into messages (channel_number, seq, id, created_at, body)
  select (select number from channels where id = ?2), seq, printf('%08x-0000-7000-8000-%012x', ?3, seq), ?4, ?5
  from counter`;

/** Makes the store's tables and the channels; the answer tells their epochs. */
async function createChannels(file: string, channelIds: Iterable<string>): Promise<Map<string, string>> {
  const store = createSqliteStore({ file });
  const epochs = new Map<string, string>();
  try {
    for (const id of channelIds) {
      const channel = { id, serverId: SERVER_ID, properties: {}, agentIds: [], createdAt: Date.now() };
      epochs.set(id, (await store.createChannel(channel)).epoch);
    }
  } finally {
    await store.close();
  }
  return epochs;
}

/** Puts as many messages as asked for into each channel of a new database file; tells the channels' epochs. */
export async function fillDatabase(
  file: string,
  counts: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, string>> {
  const epochs = await createChannels(file, counts.keys());
  const database = openSqlite(file);
  // A half-filled file is of no use, so nothing waits for the disk. The store waits for it again.
  database.exec('pragma synchronous = off; begin');
  const insert = database.prepare(INSERT);
  const advance = database.prepare('update channels set seq = ? where id = ?');
  [...counts].forEach(([channelId, count], index) => {
    insert.run(count, channelId, index, Date.now(), BODY);
    advance.run(count, channelId);
  });
  database.exec('commit; pragma wal_checkpoint(truncate)');
  database.close();
  return epochs;
}
