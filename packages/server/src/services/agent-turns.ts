import type { Attachment, Protocol } from '@wirepact/protocol';
import type { Logger } from 'pino';
import type { Agent, AgentContext, AgentPart } from '../ports/agent';
import type { Broadcaster } from '../ports/connection';
import type { Message } from '../ports/store';
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

interface Answer {
  text: string;
  thought: string | undefined;
  actions: unknown[];
  attachments: Attachment[];
}

function addPart(answer: Answer, part: AgentPart): void {
  if (typeof part === 'string') {
    answer.text += part;
    return;
  }
  if (part.text !== undefined) answer.text += part.text;
  if (part.thought !== undefined) answer.thought = (answer.thought ?? '') + part.thought;
  if (part.action !== undefined) answer.actions.push(part.action);
  if (part.attachment) answer.attachments.push(part.attachment);
}

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

/** All parts of an answer; rejects when `signal` aborts, even where the agent does not look at it. */
async function collect(agent: Agent, message: Message, context: AgentContext): Promise<Answer> {
  const answer: Answer = { text: '', thought: undefined, actions: [], attachments: [] };
  const parts = agent.respond(message, context)[Symbol.asyncIterator]();
  const ended = aborted(context.signal);
  try {
    for (;;) {
      const next = await Promise.race([parts.next(), ended]);
      if (next.done) return answer;
      addPart(answer, next.value);
    }
  } finally {
    // Not awaited: an agent that never wakes up must not hold up its channel.
    parts.return?.()?.then(undefined, () => undefined);
  }
}

/** One agent in one channel. */
interface Seat {
  waiting: number;
  /** Resolves when every turn before the next one has ended. */
  tail: Promise<void>;
  abort: AbortController;
}

export function createAgentTurns(options: AgentTurnsOptions): AgentTurns {
  const { agents, messages, namedAgents, broadcaster, timeoutMs, logger } = options;
  const loggers = new Map(agents.map(({ id }) => [id, logger.child({ category: 'agent', agentId: id })]));
  const seats = new Map<string, Map<string, Seat>>();

  const seatOf = (channelId: string, agentId: string): Seat => {
    const channelSeats = seats.get(channelId) ?? new Map<string, Seat>();
    seats.set(channelId, channelSeats);
    const seat = channelSeats.get(agentId) ?? {
      waiting: 0,
      tail: Promise.resolve(),
      abort: new AbortController(),
    };
    channelSeats.set(agentId, seat);
    return seat;
  };

  const leaveSeat = (channelId: string, agentId: string, seat: Seat): void => {
    const channelSeats = seats.get(channelId);
    if (seat.waiting > 0 || channelSeats?.get(agentId) !== seat) return;
    channelSeats.delete(agentId);
    if (channelSeats.size === 0) seats.delete(channelId);
  };

  async function postAnswer(
    agent: Agent,
    { channelId, serverId, id }: Message,
    answer: Answer,
  ): Promise<void> {
    if (answer.text === '') return;
    await messages.post({
      ...{ channelId, serverId, senderId: agent.id, senderName: agent.name, source: 'agent_response' },
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
    seat: Seat,
    onFailure: OnAgentFailure,
  ): Promise<void> {
    const { channelId, serverId } = message;
    const agentLogger = loggers.get(agent.id) ?? logger;
    const signal = AbortSignal.any([seat.abort.signal, AbortSignal.timeout(timeoutMs)]);
    const history = (limit = DEFAULT_HISTORY) => messages.list(channelId, { limit });
    try {
      signal.throwIfAborted();
      const named = await namedAgents(channelId);
      if (named.length > 0 && !named.includes(agent.id)) return;
      const answer = await collect(agent, message, {
        channelId,
        serverId,
        history,
        signal,
        logger: agentLogger,
      });
      await postAnswer(agent, message, answer);
    } catch (err) {
      if (seat.abort.signal.aborted) return;
      agentLogger.error({ err, channelId, messageId: message.id }, 'the agent could not answer');
      onFailure(agent, message);
    }
    broadcaster.to(channelId).emit('messageComplete', { channelId, serverId });
  }

  function queueTurn(agent: Agent, message: Message, onFailure: OnAgentFailure): void {
    const seat = seatOf(message.channelId, agent.id);
    if (seat.waiting >= MAX_WAITING_TURNS) {
      loggers.get(agent.id)?.warn({ channelId: message.channelId }, 'too many messages wait for the agent');
      onFailure(agent, message);
      return;
    }
    seat.waiting += 1;
    seat.tail = seat.tail
      .then(() => takeTurn(agent, message, seat, onFailure))
      .finally(() => {
        seat.waiting -= 1;
        leaveSeat(message.channelId, agent.id, seat);
      });
  }

  const stop = (channelId: string) => {
    for (const seat of seats.get(channelId)?.values() ?? []) seat.abort.abort();
    seats.delete(channelId);
  };

  return {
    start(message, onFailure) {
      for (const agent of agents) queueTurn(agent, message, onFailure);
    },
    stop,
    async idle() {
      await Promise.all(
        [...seats.values()].flatMap((inChannel) => [...inChannel.values()].map(({ tail }) => tail)),
      );
    },
    close() {
      for (const channelId of [...seats.keys()]) stop(channelId);
    },
  };
}
