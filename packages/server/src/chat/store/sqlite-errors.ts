import { resolve } from 'node:path';
import { WirepactError } from '@wirepact/contract/runtime';
import type { Fault } from './sql/fault';

/** What an error of SQLite means, by its result code: whose fault it is, and what to do where a file does not open. */
interface Meaning {
  readonly fault: Fault;
  readonly advice?: string;
}

const LOCKED = 'Another process holds it locked: stop that one, or give each server a file of its own.';
const CORRUPT = 11;

const MEANINGS: Readonly<Record<number, Meaning>> = {
  // BUSY and LOCKED
  5: { fault: 'conflict', advice: LOCKED },
  6: { fault: 'conflict', advice: LOCKED },
  // READONLY
  8: {
    fault: 'store',
    advice: 'The file or its folder cannot be written: change its permissions, or choose another place.',
  },
  [CORRUPT]: { fault: 'place', advice: 'The file is damaged: restore it from a backup.' },
  // FULL
  13: { fault: 'store', advice: 'The disk is full: make room.' },
  // CANTOPEN
  14: {
    fault: 'store',
    advice: 'The folder does not exist or cannot be written: create it, or choose another place.',
  },
  // TOOBIG, CONSTRAINT, MISMATCH and RANGE
  18: { fault: 'value' },
  19: { fault: 'value' },
  20: { fault: 'value' },
  25: { fault: 'value' },
  // NOTADB
  26: { fault: 'store', advice: 'The file is not a SQLite database: choose another one.' },
};

function meaningOf(cause: unknown): Meaning | undefined {
  const code: unknown =
    typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'errcode') : undefined;
  // The lower byte; what is above it only refines it. Some errors of a damaged file come without a code.
  if (typeof code === 'number') return MEANINGS[code & 0xff];
  return cause instanceof Error && cause.message.includes('malformed') ? MEANINGS[CORRUPT] : undefined;
}

/** Whose fault an error is. */
export const faultOfSqlite = (cause: unknown): Fault =>
  // A value that no column takes, such as an object, is refused before SQLite sees it.
  meaningOf(cause)?.fault ?? (cause instanceof TypeError ? 'value' : 'store');

/** An error for whoever starts the server. */
export function toSqliteOpenError(file: string, cause: unknown): WirepactError {
  if (cause instanceof WirepactError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  const place = file === ':memory:' ? file : resolve(file);
  const text = `Cannot open the database ${place}: ${reason}. ${meaningOf(cause)?.advice ?? ''}`.trim();
  return new WirepactError('STORE_UNAVAILABLE', text, { cause });
}
