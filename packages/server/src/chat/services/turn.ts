import { WirepactError } from '@wirepact/contract/runtime';
import type { StoredTurn } from '../ports/turn-store';
import { AnswerDraft } from './answer-draft';
import { AnswerStream, type Piece, type TurnSubject } from './answer-stream';
import { isTurnEnd, nextTurnState, type TurnEvent, type TurnState } from './turn-machine';

const REASONS: Readonly<Record<TurnState, string>> = {
  waiting: '',
  streaming: '',
  answered: '',
  failed: 'The agent has failed.',
  timeout: 'The agent took too long.',
  cancelled: 'The answer was cancelled.',
  lost: 'The process of the agent is gone.',
};

/** A channel as long as it is not deleted. */
export type ChannelLife = Pick<StoredTurn, 'channelId' | 'epoch'>;

/** One turn of an agent that this process cares for. */
export class Turn {
  state: TurnState = 'waiting';
  draft = new AnswerDraft();
  /** The draft's version that the store has. */
  keptVersion = 0;
  /** Whether the store knows of it. */
  isKept = false;
  /** Everybody was told of its end. */
  isTold = false;
  /** Its channel is gone, or another process has it: it is not this one's to end any more. */
  isDropped = false;
  readonly stream: AnswerStream;
  private readonly controller = new AbortController();

  constructor(
    readonly subject: TurnSubject,
    send: (turn: Turn, piece: Piece) => void,
  ) {
    this.stream = new AnswerStream((piece) => send(this, piece));
  }

  /** A turn whose process is gone, to be ended in its place. */
  static lost({ answer, ...subject }: StoredTurn, event: 'lose' | 'cancel'): Turn {
    const turn = new Turn(subject, () => {});
    turn.draft = AnswerDraft.of(answer);
    turn.isKept = true;
    turn.step(event);
    return turn;
  }

  /** Aborted where the answer is not wanted any more. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Whether it has ended. */
  get isOver(): boolean {
    return this.isDropped || isTurnEnd(this.state);
  }

  /** Notes what happens to it; false where that cannot happen any more. */
  step(event: TurnEvent): boolean {
    const next = this.isDropped ? undefined : nextTurnState(this.state, event);
    if (!next) return false;
    this.state = next;
    if (isTurnEnd(next) && next !== 'answered') this.abort(REASONS[next]);
    return true;
  }

  /** Leaves it to nobody, or to another process. */
  drop(): void {
    this.isDropped = true;
    this.stream.end();
    this.abort('The server has no more use for the answer.');
  }

  private abort(reason: string): void {
    this.controller.abort(new WirepactError('ABORTED', reason));
  }
}
