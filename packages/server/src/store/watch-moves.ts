import { type RawBuilder, sql } from 'kysely';
import type { MovedChannel } from '../ports/store';
import { createBackoff } from './backoff';
import type { OwnConnection } from './postgres-connections';

/** Name that moves of channels are told under; every store of the database hears it. */
const TOPIC = 'wirepact_moved';
/** What moves are told by and to: `onMoved` of other stores', `onGap` where some may have been missed. */
export interface MoveListener {
  readonly storeId: string;
  readonly onMoved: (moved: MovedChannel) => void;
  readonly onGap: () => void;
  /** How often the connection is asked whether it is still there, in milliseconds. */
  readonly probeMs: number;
}

/**
 * The statement, made to tell every store of the database of moves as well, once they are committed. A channel's id may
 * have some 7,900 bytes; PostgreSQL takes no more.
 */
export function tellMoves(
  statement: RawBuilder<unknown>,
  moves: readonly MovedChannel[],
  storeId: string,
): RawBuilder<unknown> {
  const told = moves.map(({ channelId, epoch, seq, deleted }) =>
    JSON.stringify([storeId, channelId, epoch, seq, deleted]),
  );
  return sql`
    with changed as (${statement})
    select pg_notify(${TOPIC}, value) from json_array_elements_text(${JSON.stringify(told)}::json)`;
}

/** What was told, where another store told it; anybody who may use the database can say anything there. */
function readMove(payload: string | undefined, ownId: string): MovedChannel | undefined {
  try {
    const [storeId, channelId, epoch, seq, deleted]: unknown[] = JSON.parse(payload ?? '');
    if (storeId === ownId || typeof channelId !== 'string' || typeof epoch !== 'string') return undefined;
    return typeof seq === 'number' ? { channelId, epoch, seq, deleted: deleted === true } : undefined;
  } catch {
    return undefined;
  }
}

/** Listens on a connection until it is lost or destroyed. */
function listen(
  { client, destroy }: OwnConnection,
  { storeId, onMoved, probeMs }: MoveListener,
  onListening: () => void,
  onEnd: () => void,
): void {
  let probing: NodeJS.Timeout | undefined;
  // Where the other side has vanished, only asking it shows that.
  const probe = () => void client.query('select 1').catch(destroy);
  const begin = async () => {
    await client.connect();
    await client.query(`listen ${TOPIC}`);
    probing = setInterval(probe, probeMs).unref();
    onListening();
  };
  client.on('notification', ({ payload }) => {
    const moved = readMove(payload, storeId);
    if (moved) onMoved(moved);
  });
  client.once('end', () => {
    clearInterval(probing);
    onEnd();
  });
  begin().catch(destroy);
}

/** Listens for moves until it is stopped, on a new connection whenever one is lost. Returns a function that stops it. */
export function watchMoves(createConnection: () => OwnConnection, listener: MoveListener): () => void {
  const backoff = createBackoff();
  let isStopped = false;
  let retry: NodeJS.Timeout | undefined;
  let connection: OwnConnection;

  const onListening = () => {
    backoff.reset();
    // What was told before, nobody heard.
    listener.onGap();
  };
  const onEnd = () => {
    if (!isStopped) retry = setTimeout(start, backoff.next()).unref();
  };
  const start = () => {
    connection = createConnection();
    listen(connection, listener, onListening, onEnd);
  };

  start();
  return () => {
    isStopped = true;
    clearTimeout(retry);
    connection.destroy();
  };
}
