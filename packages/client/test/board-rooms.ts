import type { Socket } from 'socket.io';
import { failure, type SocketServer, success } from './socket-server';

/** One durable event of the board, as it is sent. */
export interface Placed {
  readonly boardId: string;
  readonly card: string;
  readonly column: string;
  readonly moveId?: string;
  readonly epoch: string;
  readonly seq: number;
}

/** The boards of a scripted server: a journal, who is there, and what they are sent. */
export class BoardRooms {
  epoch = 'one';
  journal: Placed[] = [];
  /** Entries before this number can be told no more. */
  from = 1;
  /** Whether what is sent is answered. */
  isAnswering = true;
  private readonly there = new Map<Socket, Set<unknown>>();

  constructor(server: SocketServer) {
    server.answers['wirepact:join'] = ({ id, resume }, socket) => this.join(socket, id, resume);
    server.answers['wirepact:leave'] = ({ id }, socket) => {
      this.there.get(socket)?.delete(id);
      return success(null);
    };
    server.answers.place_card = (payload) => {
      const known = this.journal.find(({ moveId }) => moveId !== undefined && moveId === payload.moveId);
      const { seq } = known ?? this.place(payload as Pick<Placed, 'boardId' | 'card' | 'column' | 'moveId'>);
      return this.isAnswering ? success({ seq }) : undefined;
    };
  }

  /** Number of the last event. */
  get seq(): number {
    return this.journal.length;
  }

  /** Whether anybody is on a board. */
  isOccupied(id: string): boolean {
    return [...this.there].some(([socket, ids]) => socket.connected && ids.has(id));
  }

  /** Writes an event into the journal and sends it to those who are there; to nobody where it is to be lost. */
  place(
    { boardId, card, column, moveId }: Pick<Placed, 'boardId' | 'card' | 'column' | 'moveId'>,
    isLost = false,
  ): Placed {
    const placed = {
      ...{ boardId, card, column, epoch: this.epoch, seq: this.seq + 1 },
      ...(moveId !== undefined && { moveId }),
    };
    this.journal.push(placed);
    if (!isLost) this.tell('cardPlaced', placed);
    return placed;
  }

  /** Sends an event to those on its board. */
  tell(event: string, payload: { readonly boardId: string }): void {
    for (const [socket, ids] of this.there) if (ids.has(payload.boardId)) socket.emit(event, payload);
  }

  private join(socket: Socket, id: unknown, resume: unknown) {
    if (id === 'secret') return failure('FORBIDDEN');
    this.there.set(socket, (this.there.get(socket) ?? new Set()).add(id));
    const { epoch, seq } = { epoch: '', seq: 0, ...Object(resume) };
    const recovered = epoch === this.epoch && seq >= this.from - 1;
    if (recovered) for (const entry of this.journal.slice(seq)) socket.emit('cardPlaced', entry);
    return success({ epoch: this.epoch, seq: this.seq, ...(resume !== undefined && { recovered }) });
  }
}
