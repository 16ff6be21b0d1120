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

export function createAgentTurns(options: AgentTurnsOptions): AgentTurns {
  const { agents, messages, namedAgents, broadcaster, timeoutMs, logger } = options;
  const loggers = new Map(agents.map(({ id }) => [id, logger.child({ category: 'agent', agentId: id })]));
  const queues = new Map<string, Map<string, Queue>>();

  const queueOf = (channelId: string, agentId: string): Queue => {
    const inChannel = queues.get(channelId) ?? new Map<string, Queue>();
    queues.set(channelId, inChannel);
    const queue = inChannel.get(agentId) ?? {
      waiting: 0,
      tail: Promise.resolve(),
      abort: new AbortController(),
    };
    inChannel.set(agentId, queue);
    return queue;
  };

  const forgetIdle = (channelId: string, agentId: string, queue: Queue): void => {
    const inChannel = queues.get(channelId);
    if (queue.waiting > 0 || inChannel?.get(agentId) !== queue) return;
    inChannel.delete(agentId);
    if (inChannel.size === 0) queues.delete(channelId);
  };

  async function postAnswer(
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

  async function takeTurn(
    agent: Agent,
    message: Message,
    queue: Queue,
    onFailure: OnAgentFailure,
  ): Promise<void> {
    const { channelId, serverId } = message;
    const agentLogger = loggers.get(agent.id) ?? logger;
    const signal = AbortSignal.any([queue.abort.signal, AbortSignal.timeout(timeoutMs)]);
    // Up to the message it answers: what came later it is asked about by itself.
    const history = (limit = DEFAULT_HISTORY) => messages.list(channelId, { limit, before: message.seq + 1 });
    try {
      signal.throwIfAborted();
      const named = await namedAgents(channelId);
      if (named.length > 0 && !named.includes(toChannelId(agent.id))) return;
      const answer = await collectAnswer(agent, message, {
        channelId,
        serverId,
        history,
        signal,
        logger: agentLogger,
      });
      await postAnswer(agent, message, answer);
    } catch (err) {
      if (queue.abort.signal.aborted) return;
      agentLogger.error({ err, channelId, messageId: message.id }, 'the agent could not answer');
      onFailure(agent, message);
    }
    broadcaster.to(channelId).emit('messageComplete', { channelId, serverId });
  }

  function queueTurn(agent: Agent, message: Message, onFailure: OnAgentFailure): void {
    const queue = queueOf(message.channelId, agent.id);
    if (queue.waiting >= MAX_WAITING_TURNS) {
      loggers.get(agent.id)?.warn({ channelId: message.channelId }, 'too many messages wait for the agent');
      onFailure(agent, message);
      return;
    }
    queue.waiting += 1;
    queue.tail = queue.tail
      .then(() => takeTurn(agent, message, queue, onFailure))
      .finally(() => {
        queue.waiting -= 1;
        forgetIdle(message.channelId, agent.id, queue);
      });
  }

  const stop = (channelId: string) => {
    for (const queue of queues.get(channelId)?.values() ?? []) queue.abort.abort();
    queues.delete(channelId);
  };

  return {
    start(message, onFailure) {
      for (const agent of agents) queueTurn(agent, message, onFailure);
    },
    stop,
    async idle() {
      await Promise.all(
        [...queues.values()].flatMap((inChannel) => [...inChannel.values()].map(({ tail }) => tail)),
      );
    },
    close() {
      for (const channelId of [...queues.keys()]) stop(channelId);
    },
  };
}
