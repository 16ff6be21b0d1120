import type { ClientError } from '../base/client-errors';
import type { Acknowledge } from './connection';
import type { Exchange, ExchangeRequest } from './exchange';

/** Takes an event of the server: its payload, what acknowledges it where it asks for that, and what carries its trace. */
export type Receive = (event: string, payload: unknown, acknowledge?: Acknowledge, carrier?: unknown) => void;

/** One connection, as a dialect speaks on it; by itself it speaks the contract. */
export interface DialectLink {
  /** Aborted when the connection ends. */
  readonly session: AbortSignal;
  /** Sends an event as it is, and waits for its acknowledgement, which a server may never send. */
  exchange(request: ExchangeRequest): Promise<Exchange>;
  /** Passes on what is an event of the contract. */
  readonly receive: Receive;
  /** The credentials that a connection would have now. Rejects with what `auth` throws. */
  credentials(): Promise<object>;
}

/** What is spoken on one connection: to its client it looks as if the server spoke the contract. */
export interface DialectSession {
  /** Resolves, never rejects, once it is known what the server speaks; nothing is asked before. Absent where it is known. */
  readonly ready?: Promise<void>;
  /**
   * Sends what an event of the contract is in this dialect; the answer is an acknowledgement as the contract has it.
   * Rejects with what this client does not send, or the reason of the request's signal.
   */
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
  open(link: DialectLink): DialectSession;
}
