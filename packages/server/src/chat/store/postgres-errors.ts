import { WirepactError } from '@wirepact/contract/runtime';
import type { Fault } from './sql/fault';

/** Whose fault an error is, by the class of its SQLSTATE: its first two characters. Others are the database's. */
const FAULTS: Readonly<Record<string, Fault>> = {
  // Data exception, integrity constraint violation, program limit exceeded
  22: 'value',
  23: 'value',
  54: 'value',
  // Transaction rollback: a deadlock, or two that cannot follow one another
  40: 'conflict',
  // Internal error, such as a damaged page
  XX: 'place',
};

/** A lock that was waited for briefly, and not got. */
const LOCK_NOT_AVAILABLE = '55P03';

/** What was committed may have been all the same: nothing may be done again on the strength of it. */
const COMPLETION_UNKNOWN = '40003';

/** The SQLSTATE of an error that PostgreSQL has answered with; `undefined` of one of the connection. */
export function sqlStateOf(cause: unknown): string | undefined {
  // Errors of the system have codes, too, some of five letters; a severity they have not.
  if (!(cause instanceof Error) || !('severity' in cause) || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}

/** Whose fault an error is. */
export function faultOfPostgres(cause: unknown): Fault {
  const state = sqlStateOf(cause);
  if (state === undefined || state === COMPLETION_UNKNOWN) return 'store';
  if (state === LOCK_NOT_AVAILABLE) return 'busy';
  return FAULTS[state.slice(0, 2)] ?? 'store';
}

/** An error for whoever starts the server. */
export function toPostgresOpenError(cause: unknown): WirepactError {
  if (cause instanceof WirepactError) return cause;
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  const text = `Cannot open the PostgreSQL store: ${reason}. Check its connection settings.`;
  return new WirepactError('STORE_UNAVAILABLE', text, { cause });
}
