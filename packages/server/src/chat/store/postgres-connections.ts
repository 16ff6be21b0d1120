import { Socket } from 'node:net';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { Client, Pool, type PoolClient, type PoolConfig, type QueryConfig } from 'pg';
import { GatheringSocket } from './gathering-socket';
import { sqlStateOf } from './postgres-errors';

/** Connections that are lent, each of which may be lost at any time without more than its own work failing. */
export interface LimitedPool extends PostgresPool {
  /** Ends; what the server does not answer any more keeps nobody waiting, nor the process from ending. */
  end(): Promise<void>;
}

/** A connection that is not lent, for as long as it lasts. */
export interface OwnConnection {
  readonly client: Client;
  /** Ends it at once, connected or not. */
  destroy(): void;
}

/** A connection that is given back late still gets this part of its time, so that a healthy one is not ended. */
const LEAST_SHARE = 8;

/** SQLSTATE of a write on a server that is a replica, as the former primary is after a failover. */
const READ_ONLY = '25006';

/** What pg takes besides. */
interface LimitedQuery extends QueryConfig {
  /** Past its time, in milliseconds, the connection is ended, and with it whatever else waits there. */
  readonly query_timeout: number;
  /** As a statement with parameters travels, also one without. */
  readonly queryMode: 'extended';
}

/**
 * One connection as it is lent: past its time it is ended, and what waits for its answer fails. What is asked travels before what is
 * ahead of it is answered; behind a failure nothing is asked but to undo.
 */
function lend(client: PoolClient, timeoutMs: number): PostgresPoolClient {
  const deadline = performance.now() + timeoutMs;
  let isBroken = false;
  let isOver = false;
  let failed: { readonly cause: unknown } | undefined;
  const giveBack = (failure?: Error) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    client.release(failure ?? isBroken);
  };
  const late = new Error(`PostgreSQL did not answer within ${Math.round(timeoutMs)} ms`);
  const timer = setTimeout(() => giveBack(late), timeoutMs);

  const query = async (text: string, parameters: readonly unknown[]) => {
    if (isOver) throw late;
    // A `begin` that failed: what comes behind it would be committed by itself.
    if (failed && text !== 'rollback') throw failed.cause;
    const query_timeout = Math.max(deadline - performance.now(), 1);
    const query: LimitedQuery = { text, values: [...parameters], query_timeout, queryMode: 'extended' };
    try {
      return await client.query(query);
    } catch (cause) {
      failed ??= { cause };
      if (isOver) throw late;
      // What it is in the middle of is not known, or its server takes no writes any more: nobody else gets it.
      const state = sqlStateOf(cause);
      if (state === undefined || state === READ_ONLY) isBroken = true;
      // What is behind a failure fails as well; why, only the first one says.
      throw failed.cause;
    }
  };
  // Kysely's type has a second form, for cursors, which nothing here asks for.
  return { query: query as unknown as PostgresPoolClient['query'], release: () => giveBack() };
}

/** What breaks says so to whoever waits for its answer; unheard, its error would end the process besides. */
const ignore = () => undefined;

/**
 * What every session begins with. The database gives up before this process does, so that the connection can be used again;
 * and where this process is gone, what it has locked is free again soon.
 */
const toSessionLimits = (timeoutMs: number) => `
  set statement_timeout = ${Math.ceil(timeoutMs * 0.75)};
  set idle_in_transaction_session_timeout = ${timeoutMs}`;

/**
 * Lends connections for `timeoutMs` each, waiting for one included; what is not done by then fails.
 * @throws an Error where the settings are none.
 */
export function createLimitedPool(settings: PoolConfig, timeoutMs: number): LimitedPool {
  const sockets = new Set<Socket>();
  const stream = () => {
    const socket = new GatheringSocket();
    sockets.add(socket);
    return socket.once('close', () => sockets.delete(socket));
  };
  const pool = new Pool({ stream, connectionTimeoutMillis: timeoutMs, ...settings, pipeline: true });
  // Of an idle connection the error comes from the pool, of one in use from the connection itself.
  pool.on('error', ignore);
  pool.on('connect', (client) => {
    client.on('error', ignore);
    // Before anything else that is asked on it; where it is lost, so is what comes behind.
    client.query(toSessionLimits(timeoutMs)).catch(ignore);
  });
  return {
    async connect() {
      const since = performance.now();
      const client = await pool.connect();
      return lend(client, Math.max(timeoutMs - (performance.now() - since), timeoutMs / LEAST_SHARE));
    },
    async end() {
      await pool.end();
      for (const socket of sockets) socket.unref();
    },
  };
}

/** A connection of its own, that is not connected yet; what is asked on it fails after `timeoutMs`. */
export function createOwnConnection(settings: PoolConfig, timeoutMs: number): OwnConnection {
  const socket = new Socket();
  const timeouts = { connectionTimeoutMillis: timeoutMs, query_timeout: timeoutMs };
  const client = new Client({ stream: () => socket, ...timeouts, ...settings });
  client.on('error', ignore);
  return {
    client,
    destroy() {
      client.end().catch(ignore);
      socket.destroy();
    },
  };
}
