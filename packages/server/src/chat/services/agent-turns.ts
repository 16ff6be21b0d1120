import type { Protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import type { Broadcaster } from '../../runtime/ports/connection';
import type { Agent } from '../ports/agent';
import type { Message } from '../ports/store';
import { type Answer, collectAnswer } from './agent-answer';
import { toChannelId } from './channel-id';
import type { MessageService } from './messages';

/** Messages one agent may still have to answer in one channel; further ones it does not hear. */
const MAX_WAITING_TURNS = 32;
const DEFAULT_HISTORY = 20;

/** Tells the sender of a message that an agent could not answer it. */
export type OnAgentFailure = (agent: Agent, message: Message) => void;

/** Lets agents answer messages. */
export interface AgentTurns {
  /** Asks the channel's agents to answer. Returns at once; each agent answers one message after the other. */
  start(message: Message, onFailure: OnAgentFailure): void;
  /** Stops the answer with this id; false where there is none under way. */
  cancel(channelId: string, messageId: string): Promise<boolean>;
  /** Nothing is to be said in this channel any more. */
  stop(channelId: string): void;
  /** Resolves when every turn under way has ended. */
  idle(): Promise<void>;
  /** Aborts every turn under way. */
  close(): void;
}

/** What agent turns are made of. */
export interface AgentTurnsOptions {
  readonly agents: readonly Agent[];
  readonly messages: MessageService;
  /** The agents that joins of a channel have named. */
  readonly namedAgents: (channelId: string) => Promise<readonly string[]>;
  readonly broadcaster: Broadcaster<Protocol['serverToClient']>;
  readonly timeoutMs: number;
  readonly logger: Logger;
}

/** One agent in one channel. */
interface Queue {
  waiting: number;
  /** Resolves when every turn before the next one has ended. */
  tail: Promise<void>;
  abort: AbortController;
}

class QueuedTurns implements AgentTurns {
  private readonly loggers: ReadonlyMap<string, Logger>;
  private readonly queues = new Map<string, Map<string, Queue>>();

  constructor(private readonly options: AgentTurnsOptions) {
    const { agents, logger } = options;
    this.loggers = new Map(agents.map(({ id }) => [id, logger.child({ category: 'agent', agentId: id })]));
  }

  start(message: Message, onFailure: OnAgentFailure): void {
    for (const agent of this.options.agents) this.queueTurn(agent, message, onFailure);
  }

  async cancel(): Promise<boolean> {
    return false;
  }

  stop(channelId: string): void {
    for (const queue of this.queues.get(channelId)?.values() ?? []) queue.abort.abort();
    this.queues.delete(channelId);
  }

  async idle(): Promise<void> {
    await Promise.all(
      [...this.queues.values()].flatMap((inChannel) => [...inChannel.values()].map(({ tail }) => tail)),
    );
  }

  close(): void {
    for (const channelId of [...this.queues.keys()]) this.stop(channelId);
  }

  private queueOf(channelId: string, agentId: string): Queue {
    const inChannel = this.queues.get(channelId) ?? new Map<string, Queue>();
    this.queues.set(channelId, inChannel);
    const queue = inChannel.get(agentId) ?? {
      waiting: 0,
      tail: Promise.resolve(),
      abort: new AbortController(),
    };
    inChannel.set(agentId, queue);
    return queue;
  }

  private forgetIdle(channelId: string, agentId: string, queue: Queue): void {
    const inChannel = this.queues.get(channelId);
    if (queue.waiting > 0 || inChannel?.get(agentId) !== queue) return;
    inChannel.delete(agentId);
    if (inChannel.size === 0) this.queues.delete(channelId);
  }

  private queueTurn(agent: Agent, message: Message, onFailure: OnAgentFailure): void {
    const { channelId } = message;
    const queue = this.queueOf(channelId, agent.id);
    if (queue.waiting >= MAX_WAITING_TURNS) {
      this.loggers.get(agent.id)?.warn({ channelId }, 'too many messages wait for the agent');
      onFailure(agent, message);
      return;
    }
    queue.waiting += 1;
    queue.tail = queue.tail
      .then(() => this.takeTurn(agent, message, queue, onFailure))
      .finally(() => {
        queue.waiting -= 1;
        this.forgetIdle(channelId, agent.id, queue);
      });
  }

  private async takeTurn(
    agent: Agent,
    message: Message,
    queue: Queue,
    onFailure: OnAgentFailure,
  ): Promise<void> {
    const { channelId, serverId } = message;
    const logger = this.loggers.get(agent.id) ?? this.options.logger;
    try {
      const isNamed = await this.answer(agent, message, queue.abort.signal, logger);
      if (!isNamed) return;
    } catch (err) {
      if (queue.abort.signal.aborted) return;
      logger.error({ err, channelId, messageId: message.id }, 'the agent could not answer');
      onFailure(agent, message);
    }
    this.options.broadcaster.to(channelId).emit('messageComplete', { channelId, serverId });
  }

  /** Asks an agent and posts what it says; false where it is not one of the channel's. */
  private async answer(
    agent: Agent,
    message: Message,
    stopped: AbortSignal,
    logger: Logger,
  ): Promise<boolean> {
    const { messages, namedAgents, timeoutMs } = this.options;
    const { channelId, serverId } = message;
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]);
    // Up to the message it answers: what came later it is asked about by itself.
    const history = (limit = DEFAULT_HISTORY) => messages.list(channelId, { limit, before: message.seq + 1 });
    signal.throwIfAborted();
    const named = await namedAgents(channelId);
    if (named.length > 0 && !named.includes(toChannelId(agent.id))) return false;
    const context = { channelId, serverId, history, signal, logger };
    await postAnswer(messages, agent, message, await collectAnswer(agent, message, context));
    return true;
  }
}

async function postAnswer(
  messages: MessageService,
  agent: Agent,
  { channelId, serverId, id }: Message,
  answer: Answer,
): Promise<void> {
  if (answer.text === '') return;
  await messages.post({
    channelId,
    serverId,
    senderId: agent.id,
    senderName: agent.name,
    source: 'agent_response',
    text: answer.text,
    inReplyToMessageId: id,
    thought: answer.thought,
    actions: answer.actions.length > 0 ? answer.actions : undefined,
    attachments: answer.attachments.length > 0 ? answer.attachments : undefined,
  });
}

/** Turns of agents, one queue for each agent in each channel. */
export const createAgentTurns = (options: AgentTurnsOptions): AgentTurns => new QueuedTurns(options);
