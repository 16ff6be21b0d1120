/** Writes remembered at most whose outcome is unknown. */
const MAX_UNCERTAIN = 1_000;

/**
 * Which connection waits for which write of this process. An event that is read from the journal before its writer has
 * heard of the commit, or where the commit's answer was lost, is so still known to be its sender's.
 */
export class PendingWrites<Connection extends { readonly isClosed: boolean }> {
  private readonly waiting = new Map<string, Connection>();
  /** In the order they became uncertain. */
  private readonly uncertain = new Map<string, Connection>();

  /** Notes that a write begins. */
  begin(roomId: string, key: string, connection: Connection): void {
    this.waiting.set(toId(roomId, key), connection);
  }

  /** Notes that a write has been answered. */
  end(roomId: string, key: string): void {
    const id = toId(roomId, key);
    this.waiting.delete(id);
    this.uncertain.delete(id);
  }

  /** Notes that nobody knows whether a write took place. */
  doubt(roomId: string, key: string): void {
    const id = toId(roomId, key);
    const connection = this.waiting.get(id);
    this.waiting.delete(id);
    if (!connection) return;
    this.uncertain.set(id, connection);
    for (const oldest of this.uncertain.keys()) {
      if (this.uncertain.size <= MAX_UNCERTAIN) return;
      this.uncertain.delete(oldest);
    }
  }

  /** The connection whose write has this key, as long as it is there. */
  senderOf(roomId: string, key: string): Connection | undefined {
    const id = toId(roomId, key);
    const connection = this.waiting.get(id) ?? this.uncertain.get(id);
    return connection?.isClosed ? undefined : connection;
  }
}

const toId = (roomId: string, key: string) => `${roomId} ${key}`;
