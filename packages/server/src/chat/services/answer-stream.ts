import type { AnswerStream as Snapshot } from '@wirepact/protocol';
import type { Answer, StoredTurn } from '../ports/turn-store';
import type { Addition } from './answer-draft';

/** Who answers what: the same in every chunk. */
export type TurnSubject = Omit<StoredTurn, 'answer'>;

/** A part of an answer on its way to those who listen. */
export interface Piece {
  readonly index: number;
  readonly addition: Addition;
}

/** What somebody who joins is told of an answer under way. */
export function toSnapshot(
  { messageId, agentId, senderName, inReplyToMessageId }: TurnSubject,
  { text, thought, tools }: Answer,
  { nextIndex, mayReadThoughts }: { readonly nextIndex: number; readonly mayReadThoughts: boolean },
): Snapshot {
  return {
    messageId,
    agentId,
    senderName,
    inReplyToMessageId,
    text,
    tools: [...tools],
    nextIndex,
    ...(mayReadThoughts && thought !== undefined && { thought }),
  };
}

/** Puts together what belongs together: texts that follow each other are one. */
function merge(pending: Addition[], addition: Addition): void {
  const last = pending.at(-1);
  if (!last || last.kind === 'tool' || addition.kind !== last.kind) pending.push(addition);
  else pending[pending.length - 1] = { ...last, text: last.text + addition.text };
}

/** The parts of one answer, sent in pieces: whatever comes in one turn of the event loop travels together. */
export class AnswerStream {
  /** Pieces sent so far. */
  nextIndex = 0;
  private pending: Addition[] = [];
  private timer: NodeJS.Immediate | undefined;

  constructor(private readonly send: (piece: Piece) => void) {}

  push(addition: Addition): void {
    merge(this.pending, addition);
    this.timer ??= setImmediate(() => this.flush());
  }

  /** Sends what waits. */
  flush(): void {
    this.drop();
    const pending = this.pending;
    this.pending = [];
    for (const addition of pending) {
      const index = this.nextIndex;
      this.nextIndex += 1;
      this.send({ index, addition });
    }
  }

  /** Nothing is said any more. Where nothing was sent yet, the message says it all. */
  end(): void {
    if (this.nextIndex > 0) this.flush();
    this.drop();
    this.pending = [];
  }

  private drop(): void {
    clearImmediate(this.timer);
    this.timer = undefined;
  }
}
