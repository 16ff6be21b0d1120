import { createPayloadSchema, type EventRegistry, type PresenceChange } from '@wirepact/contract/runtime';
import type { Connection } from '../ports/connection';
import type { Peers } from '../ports/peers';
import { Presence } from './presence';

const ROOM = 'board:b1';

/** A connection that reads when it is told to. */
class TestConnection {
  readonly heard: PresenceChange[] = [];
  readonly identity = undefined;
  readonly isClosed = false;
  isSlow = false;
  private onRead: (() => void) | undefined;

  constructor(readonly id: string) {}

  join() {}
  leave() {}
  isCongested = () => this.isSlow;
  drained = () =>
    new Promise<void>((resolve) => {
      this.onRead = resolve;
    });

  read(): void {
    this.isSlow = false;
    this.onRead?.();
  }
}

/** A room in one process, and those who are in it. */
export function createStage(
  numbers = { intervalMs: 100, maxMembers: 100, stateTtlMs: 1_000 },
  peers: Peers = { areReachable: false, send: () => {}, onMessage: () => {} },
) {
  const members = new Map<string, TestConnection>();
  const watching = new Map<string, TestConnection>();
  let broadcasts = 0;
  const asReal = (connection: TestConnection) => connection as unknown as Connection<EventRegistry>;
  const presence = new Presence<EventRegistry>({
    membersOf: () =>
      [...members.values()].map((connection) => ({ connection: asReal(connection), actor: undefined })),
    isMember: ({ id }) => members.has(id),
    schemaOf: () => createPayloadSchema({ check: () => true, issues: () => [] }),
    tell(to, _room, change) {
      if (to instanceof TestConnection) to.heard.push(change);
      else
        for (const connection of (to as unknown as { reached: TestConnection[] }).reached)
          connection.heard.push(change);
    },
    broadcaster: {
      toLocal(_room, exceptIds = []) {
        broadcasts += 1;
        const reached = [...watching.values()].filter(({ id }) => !exceptIds.includes(id));
        return { emit: () => {}, reached };
      },
    },
    peers,
    toPublicIdentity: ({ entityId }) => ({ entityId }),
    numbers,
  });
  return {
    presence,
    get broadcasts() {
      return broadcasts;
    },
    join(id: string) {
      const connection = new TestConnection(id);
      members.set(id, connection);
      presence.joined(asReal(connection), ROOM, undefined);
      return connection;
    },
    leave(id: string) {
      const connection = members.get(id);
      members.delete(id);
      watching.delete(id);
      if (connection) presence.left(asReal(connection), ROOM);
    },
    watch(connection: TestConnection, isWatching = true) {
      if (isWatching) watching.set(connection.id, connection);
      else watching.delete(connection.id);
      presence.watch(asReal(connection), ROOM, isWatching);
    },
    update: (connection: TestConnection, state?: object, ttlMs?: number) =>
      presence.update(asReal(connection), ROOM, state, ttlMs),
  };
}
