import type { PayloadSchema, PresenceMember, SessionNames } from '@wirepact/contract/runtime';
import type { Observable } from '../base/observable';
import type { ContractCheck } from '../request/contract-check';

/** How long a state is to hold. */
export interface PresenceSetOptions {
  /** Milliseconds after which it is over, unless it is set again. Default: it holds until it is cleared. */
  readonly forMs?: number | undefined;
}

/** Who is in a room, and what they do there. Without a subscription, and before the first state, nothing is asked or sent. */
export interface Presence<State> {
  /**
   * Everybody in the room, this client included, while somebody subscribes; the same array until something changes. Empty
   * where the room has more members than a server tells of (100, unless it says otherwise).
   */
  readonly members: Observable<readonly PresenceMember<State>[]>;
  /** How many members the room has, while somebody subscribes. */
  readonly count: Observable<number>;
  /**
   * Tells the others what this client does, such as typing, in place of what it did before: at most four times a second,
   * the last state counts. It is said again while it holds, and after reconnects. One that breaks the contract is reported
   * as uncaught, and not sent.
   */
  set(state: State, options?: PresenceSetOptions): void;
  /** Tells the others at once that this client does nothing any more. */
  clear(): void;
}

/** What presence is made of. */
export interface PresenceDeps {
  /** Where the channel stands. */
  readonly channel: Observable<{ readonly status: string }>;
  /** The states of members. */
  readonly schema: PayloadSchema;
  readonly check: Pick<ContractCheck, 'contract' | 'report'>;
  readonly names: Pick<SessionNames, 'watchPresence' | 'updatePresence' | 'presenceChanged'>;
  /** Sends an event about the room at once, and gives the data of its reply. */
  readonly ask: (event: string, payload: object) => Promise<unknown>;
}
