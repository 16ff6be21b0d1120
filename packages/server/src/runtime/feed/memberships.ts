import type { FeedConnection, Member } from './member';

/** Who is in which room, those included who are about to be. */
export class Memberships<Connection extends FeedConnection> {
  private readonly byConnection = new Map<object, Map<string, Member<Connection>>>();

  /** `takeOut` is told of every membership that ends. */
  constructor(private readonly takeOut: (member: Member<Connection>, roomId: string) => void) {}

  get(connection: Connection, roomId: string): Member<Connection> | undefined {
    return this.byConnection.get(connection)?.get(roomId);
  }

  /** In how many rooms a connection is. */
  count(connection: Connection): number {
    return this.byConnection.get(connection)?.size ?? 0;
  }

  /** Whether a membership has not ended. */
  has(member: Member<Connection>, roomId: string): boolean {
    return this.get(member.connection, roomId) === member;
  }

  /** Begins a membership, which lasts until it is ended or its connection has: then {@link endAll} is called. */
  begin(member: Member<Connection>, roomId: string): void {
    const { connection } = member;
    const known = this.byConnection.get(connection);
    const rooms = known ?? new Map<string, Member<Connection>>();
    rooms.set(roomId, member);
    if (!known) this.byConnection.set(connection, rooms);
    if (connection.isClosed) this.endAll(connection);
  }

  /** Ends a membership; ending it again does nothing. */
  end(member: Member<Connection>, roomId: string): void {
    if (this.has(member, roomId)) this.byConnection.get(member.connection)?.delete(roomId);
    this.takeOut(member, roomId);
  }

  /** Ends every membership of a connection. */
  endAll(connection: object): void {
    const rooms = this.byConnection.get(connection);
    if (!rooms) return;
    this.byConnection.delete(connection);
    for (const [roomId, member] of rooms) this.takeOut(member, roomId);
  }
}
