import type { ClientError } from '../base/client-errors';
import type { Connection } from '../connection/connection';
import { restore } from '../connection/restore';

/** A channel that is kept over reconnects. */
export interface Member {
  /** Whether this client is out of the channel until it joins anew. */
  readonly isOut: boolean;
  /** Notes that the connection is gone. */
  suspend(): void;
  /** Enters the channel again. */
  resume(signal: AbortSignal): Promise<void>;
  /** Notes that this failed. */
  fail(error: ClientError, willRetry: boolean): void;
}

/** The channels this client is in, by their ids: after every reconnect it joins them again. */
export class Memberships<One extends Member> {
  readonly #members = new Map<string, One>();
  /** Aborted when the present connection ends. */
  session: AbortSignal;

  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    const isConnected = connection.state.get().status === 'connected';
    this.session = isConnected ? connection.session : AbortSignal.abort();
    connection.onRestore((session) => this.#restore(session));
    connection.state.subscribe(({ status }) => {
      if (status !== 'connected') for (const member of this.#members.values()) member.suspend();
    });
  }

  /** The channel with this id, if this client is in it. */
  get(id: string): One | undefined {
    return this.#members.get(id);
  }

  /** Keeps a channel from now on. */
  set(id: string, member: One): void {
    this.#members.set(id, member);
  }

  /** Forgets a channel, and has the server told; rejects where that fails. */
  async leave(id: string, member: One, tell: () => Promise<unknown>): Promise<void> {
    if (this.get(id) === member) this.#members.delete(id);
    const { session } = this;
    // A server forgets who was in a channel when the connection ends.
    if (session.aborted) return;
    try {
      await tell();
    } catch (error) {
      if (!session.aborted) throw error;
    }
  }

  /** Every channel there is. */
  values(): Iterable<One> {
    return this.#members.values();
  }

  /** Enters a channel again, now and until it succeeds, makes no sense or the connection ends. */
  rejoin(member: Member, session = this.session): Promise<void> {
    return restore(
      {
        attempt: async (signal) => {
          if (!member.isOut) await member.resume(signal);
        },
        onFailure: (error, willRetry) => member.fail(error, willRetry),
      },
      session,
      this.#connection.createBackoff(),
    );
  }

  async #restore(session: AbortSignal): Promise<void> {
    this.session = session;
    await Promise.all([...this.#members.values()].map((member) => this.rejoin(member, session)));
  }
}
