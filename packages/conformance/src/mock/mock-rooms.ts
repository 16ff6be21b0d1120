import { SESSION_NAMES, WirepactError } from '@wirepact/contract/runtime';
import type { Server, Socket } from 'socket.io';
import { type Fields, isFields, toFields } from '../wire/packet';

/** What no id of a room has. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** One room with its journal. */
interface Journal {
  readonly epoch: string;
  readonly events: { readonly event: string; readonly payload: Fields }[];
}

const keyOf = (room: unknown, id: unknown) => JSON.stringify([room, id]);

/** Rooms with a journal, as long as the mock runs. */
export class MockRooms {
  private readonly journals = new Map<string, Journal>();

  constructor(
    private readonly server: Server,
    /** Kinds of rooms that have a journal. */
    private readonly kinds: ReadonlySet<unknown>,
  ) {}

  /** Joins as any server does: what was missed comes first. Answers with where the room stands. */
  private join(socket: Socket, asked: Fields): unknown {
    const { room, id, resume } = asked;
    if (!this.kinds.has(room))
      throw new WirepactError(
        'INVALID_PAYLOAD',
        `The contract has no rooms with a journal called "${room}".`,
      );
    if (UNSTORABLE.test(String(id)))
      throw new WirepactError('INVALID_PAYLOAD', 'The id has NUL or half of a surrogate pair in it.');
    const { epoch, events } = this.journal(keyOf(room, id));
    const position = { epoch, seq: events.length };
    const { epoch: known, seq } = toFields(resume);
    const recovered = known === epoch && Number(seq) <= events.length;
    if (recovered) for (const { event, payload } of events.slice(Number(seq))) socket.emit(event, payload);
    void socket.join(keyOf(room, id));
    return { ...position, ...(isFields(resume) && { recovered }) };
  }

  private leave(socket: Socket, { room, id }: Fields): void {
    void socket.leave(keyOf(room, id));
  }

  /** Keeps an event and tells the members of its room. */
  publish(event: string, payload: Fields, room: { readonly name: string; readonly property: string }): void {
    const key = keyOf(room.name, payload[room.property]);
    const { epoch, events } = this.journal(key);
    const kept = { ...payload, epoch, seq: events.length + 1 };
    events.push({ event, payload: kept });
    this.server.to(key).emit(event, kept);
  }

  /** Answers those events of the session that are about rooms; `undefined` for any other. */
  answer(socket: Socket, event: string, payload: Fields): { readonly data: unknown } | undefined {
    if (event === SESSION_NAMES.join) return { data: this.join(socket, payload) };
    if (event !== SESSION_NAMES.leave) return undefined;
    this.leave(socket, payload);
    return { data: null };
  }

  private journal(key: string): Journal {
    const journal = this.journals.get(key) ?? { epoch: `mock-${this.journals.size + 1}`, events: [] };
    this.journals.set(key, journal);
    return journal;
  }
}
