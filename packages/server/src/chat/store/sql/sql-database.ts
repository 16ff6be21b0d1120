import type { CompiledQuery, Kysely, RawBuilder } from 'kysely';
import type { MovedChannel } from '../../../runtime/ports/event-store';
import type { Fault } from './fault';
import type { ForRows } from './for-rows';
import type { StoreSchema } from './schema';

/** What differs between the databases in what is said to them. */
export interface SqlDialect {
  readonly forRows: ForRows;
  /** Behind what stands behind `from`: joins each of its rows with those of a table that an index has for it, one after the other. */
  readonly lookUp: (table: string, condition: string) => string;
  /** Behind a selection of channels: keeps everybody else from changing them until the transaction ends. */
  readonly lock: string;
  /** Behind a selection of rows: the same, but those that somebody else keeps are left out. */
  readonly lockFree: RawBuilder<unknown>;
  /** The statement that sets where channels stand, made to tell other processes of it where the database can. */
  readonly tellMoves: (statement: CompiledQuery, moves: readonly MovedChannel[]) => CompiledQuery;
  readonly faultOf: (cause: unknown) => Fault;
}

type Work<Result> = (database: Kysely<StoreSchema>) => Promise<Result>;

/** Asks for what nothing but the commit waits for. Resolves once something else may be asked, which is done behind it. */
export type Ask = (query: CompiledQuery) => Promise<void>;

/** What a transaction that writes consists of. */
export type WriteWork<Result> = (transaction: Kysely<StoreSchema>, ask: Ask) => Promise<Result>;

/** A database that is open and has its tables. Each call ends within the store's time limits. */
export interface SqlDatabase {
  /** Runs one statement that reads. */
  query<Result>(work: Work<Result>): Promise<Result>;
  /** Runs a transaction that reads one snapshot. */
  snapshot<Result>(work: Work<Result>): Promise<Result>;
  /** Runs a transaction that writes; what it did is undone where it rejects, and it may be run again. */
  write<Result>(work: WriteWork<Result>): Promise<Result>;
  /** The same; rejects with a fault `busy` where others, who may lock a part of the database alone, keep locked what it needs. */
  writeBriefly<Result>(work: WriteWork<Result>): Promise<Result>;
  close(): Promise<void>;
}
