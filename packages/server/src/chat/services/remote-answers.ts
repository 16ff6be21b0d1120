import { WirepactError } from '@wirepact/contract/runtime';
import type { Message } from '../ports/store';
import type { AgentTurns } from './agent-turns';
import type { ChannelFeed, ChatConnection } from './channel-feed';
import { RemoteAnswer, type RemoteBatch } from './remote-answer';

/** An agent that is a client. */
export interface RemoteAgent {
  readonly id: string;
  readonly name: string;
}

/** How long an agent whose connection has ended may be away, in milliseconds. */
const RETURN_MS = 10_000;

/** What {@link RemoteAnswers} need. */
export interface RemoteAnswersDeps {
  readonly turns: Pick<AgentTurns, 'begin'>;
  readonly feed: Pick<ChannelFeed, 'membersOf'>;
}

/** How an agent goes on with an answer. */
interface Continuation extends RemoteBatch {
  readonly agentId: string;
  readonly channelId: string;
  readonly messageId: string;
}

/** One answer under way. */
interface Entry {
  readonly agentId: string;
  readonly channelId: string;
  readonly inReplyToMessageId: string;
  readonly answer: RemoteAnswer;
  /** The connection that it comes on. */
  connection: ChatConnection;
  /** Runs while that has ended. */
  leaving: NodeJS.Timeout | undefined;
}

/** Answers under way of agents that are clients; each belongs to the agent that has begun it. */
export class RemoteAnswers {
  private readonly entries = new Map<string, Entry>();

  /** Whether the agent is giving this answer. */
  isGiving(agentId: string, messageId: string): boolean {
    return this.entries.get(messageId)?.agentId === agentId;
  }

  constructor(private readonly deps: RemoteAnswersDeps) {}

  /**
   * Begins an agent's answer to a message; answers with its id. Begun again while it is under way it is the same.
   * @throws WirepactError `AGENT_FAILED` where too many messages wait for the agent
   */
  begin({ id: agentId, name }: RemoteAgent, message: Message, connection: ChatConnection): string {
    const { id: inReplyToMessageId, channelId } = message;
    for (const [messageId, entry] of this.entries) {
      if (entry.agentId !== agentId || entry.inReplyToMessageId !== inReplyToMessageId) continue;
      this.takeFrom(entry, connection);
      return messageId;
    }
    const answer = new RemoteAnswer();
    const onEnd = (ended: string) => {
      clearTimeout(this.entries.get(ended)?.leaving);
      this.entries.delete(ended);
    };
    const messageId = this.deps.turns.begin(answer.asAgent(agentId, name), message, onEnd);
    if (messageId === undefined)
      throw new WirepactError(
        'AGENT_FAILED',
        'Too many messages wait for the agent in this channel: answer those first.',
        {
          retryable: true,
        },
      );
    const entry: Entry = { agentId, channelId, inReplyToMessageId, answer, connection, leaving: undefined };
    this.entries.set(messageId, entry);
    this.takeFrom(entry, connection);
    return messageId;
  }

  /**
   * Goes on with an answer.
   * @throws WirepactError `MESSAGE_NOT_FOUND` where the agent is not giving that answer (any more); as {@link RemoteAnswer.add}
   */
  add(connection: ChatConnection, { agentId, channelId, messageId, ...batch }: Continuation): void {
    const entry = this.entries.get(messageId);
    if (entry?.agentId !== agentId || entry.channelId !== channelId)
      throw new WirepactError(
        'MESSAGE_NOT_FOUND',
        'This agent is giving no such answer: it has ended, or was never begun.',
      );
    this.takeFrom(entry, connection);
    entry.answer.add(batch);
  }

  /**
   * A connection has ended: what comes on it fails, unless the agent goes on with it or is in the channel again on another
   * one within some seconds.
   */
  left(connection: ChatConnection): void {
    for (const entry of this.entries.values()) if (entry.connection === connection) this.awaitReturn(entry);
  }

  /** From now on an answer comes on this connection. */
  private takeFrom(entry: Entry, connection: ChatConnection): void {
    clearTimeout(entry.leaving);
    entry.leaving = undefined;
    entry.connection = connection;
    if (connection.isClosed) this.awaitReturn(entry);
  }

  private awaitReturn(entry: Entry): void {
    const { agentId, channelId, answer } = entry;
    entry.leaving = setTimeout(() => {
      const members = this.deps.feed.membersOf(channelId);
      const back = members.find(({ actor, connection }) => actor === agentId && !connection.isClosed);
      if (back) this.takeFrom(entry, back.connection);
      else answer.abandon();
    }, RETURN_MS).unref();
  }
}
