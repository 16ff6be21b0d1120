import type { FeedConnection, Member } from './member';

/** Who is in which channel, those included who are about to be. */
export class Memberships<Connection extends FeedConnection> {
  private readonly byConnection = new Map<Connection, Map<string, Member<Connection>>>();

  /** `takeOut` is told of every membership that ends. */
  constructor(private readonly takeOut: (member: Member<Connection>, channelId: string) => void) {}

  get(connection: Connection, channelId: string): Member<Connection> | undefined {
    return this.byConnection.get(connection)?.get(channelId);
  }

  /** In how many channels a connection is. */
  count(connection: Connection): number {
    return this.byConnection.get(connection)?.size ?? 0;
  }

  /** Whether a membership has not ended. */
  has(member: Member<Connection>, channelId: string): boolean {
    return this.get(member.connection, channelId) === member;
  }

  /** Begins a membership, which lasts until it is ended or its connection has. */
  begin(member: Member<Connection>, channelId: string): void {
    const { connection } = member;
    const known = this.byConnection.get(connection);
    const channels = known ?? new Map<string, Member<Connection>>();
    channels.set(channelId, member);
    if (known) return;
    this.byConnection.set(connection, channels);
    const onClosed = () => this.endAll(connection);
    if (connection.closed.aborted) onClosed();
    else connection.closed.addEventListener('abort', onClosed, { once: true });
  }

  /** Ends a membership; ending it again does nothing. */
  end(member: Member<Connection>, channelId: string): void {
    if (this.has(member, channelId)) this.byConnection.get(member.connection)?.delete(channelId);
    this.takeOut(member, channelId);
  }

  private endAll(connection: Connection): void {
    const channels = this.byConnection.get(connection) ?? new Map<string, Member<Connection>>();
    this.byConnection.delete(connection);
    for (const [channelId, member] of channels) this.takeOut(member, channelId);
  }
}
