import { WirepactError } from '@wirepact/contract/runtime';
import type { Message } from '../ports/store';
import type { AgentTurns } from './agent-turns';
import { RemoteAnswer, type RemoteBatch } from './remote-answer';

/** An agent that is a client. */
export interface RemoteAgent {
  readonly id: string;
  readonly name: string;
}

/** One answer under way. */
interface Entry {
  readonly agentId: string;
  readonly channelId: string;
  readonly inReplyToMessageId: string;
  readonly answer: RemoteAnswer;
}

/** Answers under way of agents that are clients; each belongs to the agent that has begun it. */
export class RemoteAnswers {
  private readonly entries = new Map<string, Entry>();

  /** Whether the agent is giving this answer. */
  isGiving(agentId: string, messageId: string): boolean {
    return this.entries.get(messageId)?.agentId === agentId;
  }

  constructor(private readonly turns: Pick<AgentTurns, 'begin'>) {}

  /**
   * Begins an agent's answer to a message; answers with its id. Begun again while it is under way it is the same.
   * @throws WirepactError `AGENT_FAILED` where too many messages wait for the agent
   */
  begin({ id: agentId, name }: RemoteAgent, message: Message): string {
    const { id: inReplyToMessageId, channelId } = message;
    for (const [messageId, entry] of this.entries)
      if (entry.agentId === agentId && entry.inReplyToMessageId === inReplyToMessageId) return messageId;
    const answer = new RemoteAnswer();
    const onEnd = (ended: string) => void this.entries.delete(ended);
    const messageId = this.turns.begin(answer.asAgent(agentId, name), message, onEnd);
    if (messageId === undefined)
      throw new WirepactError(
        'AGENT_FAILED',
        'Too many messages wait for the agent in this channel: answer those first.',
        {
          retryable: true,
        },
      );
    this.entries.set(messageId, { agentId, channelId, inReplyToMessageId, answer });
    return messageId;
  }

  /**
   * Goes on with an answer.
   * @throws WirepactError `MESSAGE_NOT_FOUND` where the agent is not giving that answer (any more); as {@link RemoteAnswer.add}
   */
  add(agentId: string, channelId: string, messageId: string, batch: RemoteBatch): void {
    const entry = this.entries.get(messageId);
    if (entry?.agentId !== agentId || entry.channelId !== channelId)
      throw new WirepactError(
        'MESSAGE_NOT_FOUND',
        'This agent is giving no such answer: it has ended, or was never begun.',
      );
    entry.answer.add(batch);
  }
}
