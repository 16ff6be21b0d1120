import type { BroadcastMessage } from '@wirepact/protocol';

/** The room of those in a channel who may read what its agents think, where not everybody may. */
export const toThoughtRoom = (channelId: string) => ({ name: 'thoughts', id: channelId });

/** A message as those see it who may not read thoughts. */
export function withoutThought(message: BroadcastMessage): BroadcastMessage {
  const { thought: _thought, ...rest } = message;
  return rest;
}

/** Asks the host whether a connection may read the thoughts of a channel's agents. */
export type AskForThoughts<Connection> = (connection: Connection, channelId: string) => Promise<boolean>;

/** Who may read what agents think; asked once a join. */
export class ThoughtGrants<Connection extends object> {
  private readonly known = new WeakMap<Connection, Map<string, boolean>>();

  /** @param ask left out where everybody may. */
  constructor(private readonly ask: AskForThoughts<Connection> | undefined) {}

  /** Whether there is anybody who may not. */
  get isLimited(): boolean {
    return this.ask !== undefined;
  }

  /** Asks whether a connection may, and remembers it as long as the connection lasts. Rejects as the host's hook does. */
  async decide(connection: Connection, channelId: string): Promise<void> {
    if (!this.ask) return;
    const isGranted = await this.ask(connection, channelId);
    const known = this.known.get(connection) ?? new Map<string, boolean>();
    this.known.set(connection, known.set(channelId, isGranted));
  }

  /** Whether a connection may, as was decided last; false where that was not asked. */
  may(connection: Connection, channelId: string): boolean {
    return !this.ask || this.known.get(connection)?.get(channelId) === true;
  }

  /** As {@link may}, where a connection need not be in the channel: asks where that was not asked yet. */
  async mayRead(connection: Connection, channelId: string): Promise<boolean> {
    if (this.ask && !this.known.get(connection)?.has(channelId)) return this.ask(connection, channelId);
    return this.may(connection, channelId);
  }
}
