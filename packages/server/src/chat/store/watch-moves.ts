import { CompiledQuery } from 'kysely';
import type { MovedChannel } from '../../runtime/ports/event-store';
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

/** Bytes that PostgreSQL takes in one notification: fewer than 8,000. */
const MAX_PAYLOAD_BYTES = 7_900;

/** A move as it is told: as short as it can be. */
type Told = readonly [channelId: string, epoch: string, seq: number, deleted: boolean];

/** Moves as few texts, each of which says first whose they are: a store looks no further at its own. */
function toPayloads(moves: readonly MovedChannel[], storeId: string): string[] {
  const payloads: string[] = [];
  let told: string[] = [];
  let bytes = 0;
  for (const { channelId, epoch, seq, deleted } of moves) {
    const move = JSON.stringify([channelId, epoch, seq, deleted] satisfies Told);
    const size = Buffer.byteLength(move) + 1;
    if (told.length > 0 && bytes + size > MAX_PAYLOAD_BYTES) {
      payloads.push(`${storeId}[${told.join()}]`);
      told = [];
      bytes = 0;
    }
    told.push(move);
    bytes += size;
  }
  return [...payloads, `${storeId}[${told.join()}]`];
}

/**
 * The statement, made to tell every store of the database of moves as well, once they are committed. A channel's id may
 * have some 7,000 bytes; PostgreSQL takes no more.
 */
export function tellMoves(
  statement: CompiledQuery,
  moves: readonly MovedChannel[],
  storeId: string,
): CompiledQuery {
  const parameters = [...statement.parameters, JSON.stringify(toPayloads(moves, storeId))];
  return CompiledQuery.raw(
    `with changed as (${statement.sql})
    select pg_notify('${TOPIC}', value) from json_array_elements_text($${parameters.length}::json)`,
    parameters,
  );
}

const isTold = (move: unknown): move is Told =>
  Array.isArray(move) &&
  typeof move[0] === 'string' &&
  typeof move[1] === 'string' &&
  Number.isSafeInteger(move[2]);

/** What another store has told; anybody who may use the database can say anything there. */
function readMoves(payload: string, ownId: string): MovedChannel[] {
  if (payload.startsWith(ownId)) return [];
  try {
    const moves: unknown = JSON.parse(payload.slice(ownId.length));
    if (!Array.isArray(moves)) return [];
    return moves
      .filter(isTold)
      .map(([channelId, epoch, seq, deleted]) => ({ channelId, epoch, seq, deleted: deleted === true }));
  } catch {
    return [];
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
  client.on('notification', ({ payload = '' }) => readMoves(payload, storeId).forEach(onMoved));
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
