import type { ClientError } from '../base/client-errors';
import type { Exchange, ExchangeRequest, ExchangeSocket, Receive } from './exchange';

/** One connection, as a dialect speaks on it. */
export interface DialectLine {
  readonly socket: ExchangeSocket & { emit(event: string, ...args: unknown[]): unknown };
  /** Aborted when the connection ends. */
  readonly session: AbortSignal;
  /** Passes on what is an event of the contract. */
  readonly receive: Receive;
  /** The credentials that a connection would have now. Rejects with what `auth` throws. */
  credentials(): Promise<object>;
}

/** What is spoken on one connection: to its client it looks as if the server spoke the contract. */
export interface DialectSession {
  /** Resolves, never rejects, once it is known what the server speaks; nothing is asked before. Absent where it is known. */
  readonly ready?: Promise<void>;
  /** Sends what an event of the contract is in this dialect; the answer is an acknowledgement as the contract has it. */
  exchange(request: ExchangeRequest): Promise<Exchange>;
  /** Takes an event as the server sent it. */
  readonly receive: Receive;
}

/** How servers are spoken to that have another wire than the contract's own. */
export interface Dialect {
  /** What a handshake says, where the credentials do not say it otherwise. */
  handshake(): object;
  /** What a server means that refuses a connection in these words, where they are known. */
  explainRefusal(text: string): ClientError | undefined;
  /** Begins to speak on a connection. */
  open(line: DialectLine): DialectSession;
}
