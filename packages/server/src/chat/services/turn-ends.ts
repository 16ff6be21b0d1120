import { WirepactError } from '@wirepact/contract/runtime';
import type { ErrorCode } from '@wirepact/protocol';
import type { Message } from '../ports/store';
import type { Answer, TurnStore } from '../ports/turn-store';
import type { TurnSubject } from './answer-stream';
import type { ChunkWire } from './chunk-wire';
import type { PostAnswer } from './messages';
import type { Turn } from './turn';
import { isTurnEnd, type TurnEnd } from './turn-machine';

/** What is told of an answer that is not whole. */
interface Failure {
  readonly code: ErrorCode;
  readonly incomplete: NonNullable<Message['incomplete']>;
  readonly describe: (agentName: string) => string;
}

const FAILURES: Readonly<Record<Exclude<TurnEnd, 'answered'>, Failure>> = {
  failed: {
    code: 'AGENT_FAILED',
    incomplete: 'failed',
    describe: (name) => `${name} could not answer.`,
  },
  timeout: {
    code: 'AGENT_TIMEOUT',
    incomplete: 'timeout',
    describe: (name) => `${name} took too long to answer.`,
  },
  cancelled: {
    code: 'RESPONSE_CANCELLED',
    incomplete: 'cancelled',
    describe: (name) => `The answer of ${name} was stopped.`,
  },
  lost: {
    code: 'AGENT_LOST',
    incomplete: 'failed',
    describe: (name) => `The server restarted before ${name} had answered.`,
  },
};

/** What {@link TurnEnds} need. */
export interface TurnEndsDeps {
  readonly turns: TurnStore;
  /** Names this process among those that have turns. */
  readonly owner: string;
  readonly postAnswer: PostAnswer;
  readonly wire: Pick<ChunkWire, 'tellEnd'>;
}

/** Ends turns: keeps what was said, then tells everybody. */
export class TurnEnds {
  constructor(private readonly deps: TurnEndsDeps) {}

  /**
   * Ends a turn that is over, where it is still this process's. Everybody is told once what was said is kept. `onFailure` is
   * called where the agent could not say all it had to.
   * @throws WirepactError `STORE_UNAVAILABLE`: try again later.
   */
  async end(turn: Turn, onFailure: () => void): Promise<void> {
    const { subject, state, isKept, draft } = turn;
    if (turn.isDropped || !isTurnEnd(state)) return;
    const { channelId, messageId } = subject;
    if (isKept) {
      const [renewal] = await this.deps.turns.renew([{ channelId, messageId, owner: this.deps.owner }]);
      if (renewal === 'gone') return turn.drop();
    }
    // Where the store did not forget it the first time, nobody hears of it again.
    if (!turn.isTold) await this.tell(subject, draft.answer, state, onFailure, turn.stream.nextIndex > 0);
    turn.isTold = true;
    if (isKept) await this.deps.turns.end(channelId, messageId);
  }

  /** Keeps the message of an answer, and tells of its end. */
  private async tell(
    subject: TurnSubject,
    answer: Answer,
    end: TurnEnd,
    onFailure: () => void,
    wasHeard: boolean,
  ): Promise<void> {
    const { wire, postAnswer } = this.deps;
    const { channelId, serverId, messageId, inReplyToMessageId } = subject;
    const failure = end === 'answered' ? undefined : FAILURES[end];
    const tellFailure = () => {
      if (!failure) return;
      const payload = toStreamError(subject, answer, failure);
      wire.tellEnd(subject, { event: 'messageStreamError', payload });
      if (end !== 'cancelled') onFailure();
    };
    if (answer.text === '') tellFailure();
    else if (await isGone(postAnswer(toMessage(subject, answer, failure), tellFailure))) return;
    const wasSaid = wasHeard || answer.text !== '' || failure !== undefined;
    const payload = { channelId, serverId, inReplyToMessageId, ...(wasSaid && { messageId }) };
    wire.tellEnd(subject, { event: 'messageComplete', payload });
  }
}

/** Whether the channel of an answer is gone: nobody is to be told of that answer. */
const isGone = (posted: Promise<unknown>) =>
  posted.then(
    () => false,
    (cause: unknown) => {
      if (cause instanceof WirepactError && cause.code === 'CHANNEL_NOT_FOUND') return true;
      throw cause;
    },
  );

const toStreamError = (
  { messageId, channelId, agentId, senderName, inReplyToMessageId }: TurnSubject,
  { text }: Answer,
  { code, describe }: Failure,
) => ({
  messageId,
  channelId,
  agentId,
  inReplyToMessageId,
  code,
  error: describe(senderName),
  ...(text !== '' && { partialText: text }),
});

/** The message of an answer; named after itself, so that it is kept once whoever ends the turn. */
function toMessage(
  { messageId: id, channelId, epoch, serverId, agentId, senderName, inReplyToMessageId }: TurnSubject,
  { text, thought, tools, actions, attachments }: Answer,
  failure: Failure | undefined,
) {
  const done = [...tools.map((tool) => ({ tool })), ...actions];
  return {
    id,
    channelId,
    epoch,
    serverId,
    senderId: agentId,
    senderName,
    source: 'agent_response',
    text,
    clientMessageId: id,
    inReplyToMessageId,
    thought,
    incomplete: failure?.incomplete,
    actions: done.length > 0 ? done : undefined,
    attachments: attachments.length > 0 ? attachments : undefined,
  };
}
