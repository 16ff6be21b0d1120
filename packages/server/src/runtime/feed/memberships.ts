import type { FeedConnection, Member } from './member';

/** Who is in which room, those included who are about to be. */
export class Memberships<Connection extends FeedConnection> {
  /** Most connections are in one room or a few, and a list of those takes a third of what a map does. */
  private readonly byConnection = new Map<object, Member<Connection>[]>();

  /** `takeOut` is told of every membership that ends. */
  constructor(private readonly takeOut: (member: Member<Connection>) => void) {}

  get(connection: object, roomId: string): Member<Connection> | undefined {
    return this.byConnection.get(connection)?.find((member) => member.roomId === roomId);
  }

  /** In how many rooms a connection is. */
  count(connection: Connection): number {
    return this.byConnection.get(connection)?.length ?? 0;
  }

  /** Whether a membership has not ended. */
  has(member: Member<Connection>): boolean {
    return this.byConnection.get(member.connection)?.includes(member) === true;
  }

  /** Begins a membership, which lasts until it is ended or its connection has: then {@link endAll} is called. */
  begin(member: Member<Connection>): void {
    const { connection } = member;
    const members = this.byConnection.get(connection);
    if (!members) this.byConnection.set(connection, [member]);
    else if (!members.includes(member)) members.push(member);
    if (connection.isClosed) this.endAll(connection);
  }

  /** Ends a membership; ending it again does nothing. */
  end(member: Member<Connection>): void {
    const members = this.byConnection.get(member.connection);
    const index = members?.indexOf(member) ?? -1;
    if (index >= 0) members?.splice(index, 1);
    this.takeOut(member);
  }

  /** Ends every membership of a connection. */
  endAll(connection: object): void {
    const members = this.byConnection.get(connection);
    if (!members) return;
    this.byConnection.delete(connection);
    for (const member of members) this.takeOut(member);
  }
}
