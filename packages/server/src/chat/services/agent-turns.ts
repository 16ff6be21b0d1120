import type { AnswerStream } from '@wirepact/protocol';
import type { Logger } from 'pino';
import type { Agent, AgentContext } from '../ports/agent';
import type { Message } from '../ports/store';
import type { TurnStore } from '../ports/turn-store';
import { collectAnswer } from './agent-answer';
import type { ChatConnection } from './channel-feed';
import { toChannelId } from './channel-id';
import { LiveTurns, type LiveTurnsDeps } from './live-turns';
import type { MessageService } from './messages';
import { type ChannelLife, Turn } from './turn';

const DEFAULT_HISTORY = 20;

/** Tells the sender of a message that an agent could not answer it. */
export type OnAgentFailure = (agent: Agent, message: Message) => void;

/** Lets agents answer messages. */
export interface AgentTurns {
  /** Asks the channel's agents to answer. Returns at once; each agent answers so many messages at a time, in their order. */
  start(message: Message, onFailure: OnAgentFailure): void;
  /**
   * Begins the turn of an agent that is not one of this server's, whichever agents the channel has; answers with the
   * id of the answer, and calls `onEnd` with it once the turn has ended. `undefined` where too many messages wait for the agent.
   */
  begin(agent: Agent, message: Message, onEnd: (messageId: string) => void): string | undefined;
  /** Stops the answer with this id; false where there is none under way. */
  cancel(channelId: string, messageId: string): Promise<boolean>;
  /** Runs a join, of which the connection is told what was said: nothing is said to it before. */
  joining<Answer>(
    connection: ChatConnection,
    channelId: string,
    join: () => Promise<Answer>,
  ): Promise<Answer>;
  /** Answers under way in this life of a channel, as a connection that joins is told them. */
  streamsIn(life: ChannelLife, connection: ChatConnection): Promise<AnswerStream[]>;
  /** Nothing is to be said in this channel any more. */
  stop(channelId: string): void;
  /** Turns under way, and turns that wait for an agent. */
  count(): { readonly turns: number; readonly waitingTurns: number };
  /** Resolves when every turn under way has ended. */
  idle(): Promise<void>;
  /** Aborts every turn under way, and leaves its end to other processes. */
  close(): void;
  /** Resolves once the store knows of that. */
  left(): Promise<void>;
}

/** What agent turns are made of. */
export interface AgentTurnsOptions extends LiveTurnsDeps {
  readonly agents: readonly Agent[];
  /** Whether anybody may answer: then processes may leave turns that have to be ended. */
  readonly isWatching: boolean;
  readonly messages: Pick<MessageService, 'list'>;
  readonly turns: TurnStore;
  readonly createId: () => string;
  /** The agents that joins have named of a channel; `undefined` where that was deleted. */
  readonly namedAgents: (life: ChannelLife) => Promise<readonly string[] | undefined>;
  readonly timeoutMs: number;
  /** Turns at once, and turns that wait, of one agent in one channel. */
  readonly maxTurns: number;
  readonly maxWaitingTurns: number;
}

/** A turn on its way. */
interface Job {
  readonly turn: Turn;
  readonly agent: Agent;
  readonly message: Message;
  /** Whether the agent is to answer at all; the store knows of the turn then. */
  readonly isAsked: Promise<boolean>;
  readonly onEnd: (messageId: string) => void;
}

/** How an agent is asked. */
interface Asked {
  /** Whether it is to answer at all. */
  readonly isNamed: () => Promise<boolean>;
  readonly onFailure: () => void;
  readonly onEnd: (messageId: string) => void;
}

/** One agent in one channel. */
interface Queue {
  running: number;
  readonly waiting: Job[];
}

class QueuedTurns implements AgentTurns {
  private readonly loggers: ReadonlyMap<string, Logger>;
  private readonly queues = new Map<string, Queue>();
  private readonly running = new Set<Promise<void>>();
  private readonly live: LiveTurns;

  constructor(private readonly options: AgentTurnsOptions) {
    const { agents, isWatching, logger } = options;
    this.loggers = new Map(agents.map(({ id }) => [id, logger.child({ category: 'agent', agentId: id })]));
    this.live = new LiveTurns(options);
    if (isWatching) this.live.start();
  }

  start(message: Message, onFailure: OnAgentFailure): void {
    for (const agent of this.options.agents) {
      const queued = this.queueTurn(agent, message, {
        isNamed: () => this.isNamed(agent, message),
        onFailure: () => onFailure(agent, message),
        onEnd: () => {},
      });
      if (!queued) onFailure(agent, message);
    }
  }

  begin(agent: Agent, message: Message, onEnd: (messageId: string) => void): string | undefined {
    const asked = { isNamed: async () => true, onFailure: () => {}, onEnd };
    return this.queueTurn(agent, message, asked)?.subject.messageId;
  }

  cancel(channelId: string, messageId: string): Promise<boolean> {
    return this.live.cancel(channelId, messageId);
  }

  joining<Answer>(
    connection: ChatConnection,
    channelId: string,
    join: () => Promise<Answer>,
  ): Promise<Answer> {
    return this.options.wire.joining(connection, channelId, join);
  }

  streamsIn(life: ChannelLife, connection: ChatConnection): Promise<AnswerStream[]> {
    return this.live.streamsIn(life, connection);
  }

  stop(channelId: string): void {
    this.live.stop(channelId);
  }

  count() {
    let waitingTurns = 0;
    for (const { waiting } of this.queues.values()) waitingTurns += waiting.length;
    return { turns: this.running.size, waitingTurns };
  }

  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  close(): void {
    this.live.close();
  }

  left(): Promise<void> {
    return this.live.left();
  }

  private loggerOf({ id }: Agent): Logger {
    return this.loggers.get(id) ?? this.options.logger;
  }

  private queueTurn(agent: Agent, message: Message, { isNamed, onFailure, onEnd }: Asked): Turn | undefined {
    const { channelId, epoch, serverId, id: inReplyToMessageId } = message;
    const key = `${channelId} ${agent.id}`;
    const queue = this.queues.get(key) ?? { running: 0, waiting: [] };
    const { createId, maxTurns, maxWaitingTurns, wire } = this.options;
    if (queue.running >= maxTurns && queue.waiting.length >= maxWaitingTurns) {
      this.loggerOf(agent).warn(
        { channelId },
        'too many messages wait for the agent, which does not hear this one (see the option `maxWaitingTurns`)',
      );
      return undefined;
    }
    this.queues.set(key, queue);
    const asked = { channelId, epoch, serverId, inReplyToMessageId };
    const subject = { ...asked, messageId: createId(), agentId: agent.id, senderName: agent.name };
    const turn = new Turn(subject, wire.send);
    this.live.add(turn, onFailure);
    const isAsked = this.ask(turn, isNamed);
    // Who waits for its turn is told of a failure only then.
    isAsked.catch(() => {});
    queue.waiting.push({ turn, agent, message, isAsked, onEnd });
    this.runNext(key, queue);
    return turn;
  }

  private runNext(key: string, queue: Queue): void {
    if (queue.running === 0 && queue.waiting.length === 0) this.queues.delete(key);
    if (queue.running >= this.options.maxTurns) return;
    const job = queue.waiting.shift();
    if (!job) return;
    queue.running += 1;
    const run = this.take(job).finally(() => {
      queue.running -= 1;
      this.running.delete(run);
      job.onEnd(job.turn.subject.messageId);
      this.runNext(key, queue);
    });
    this.running.add(run);
  }

  /** Whether an agent is one of the channel's: it was named, or none was. One that was made anew has another message. */
  private async isNamed({ id }: Agent, message: Message): Promise<boolean> {
    const named = await this.options.namedAgents(message);
    return named !== undefined && (named.length === 0 || named.includes(toChannelId(id)));
  }

  /** Finds out whether an agent is to answer; the store then knows that its turn is under way. */
  private async ask(turn: Turn, isNamed: () => Promise<boolean>): Promise<boolean> {
    const { turns, owner } = this.options;
    const { channelId, messageId } = turn.subject;
    if (!(await isNamed()) || turn.isOver) return false;
    try {
      await turns.begin({ ...turn.subject, answer: turn.draft.answer }, owner);
    } catch (cause) {
      this.live.doubt(turn);
      throw cause;
    }
    turn.isKept = true;
    if (turn.isDropped) await turns.end(channelId, messageId);
    return true;
  }

  private async take(job: Job): Promise<void> {
    const { turn, agent } = job;
    try {
      if (!(await job.isAsked)) {
        this.live.remove(turn);
        return;
      }
      if (turn.step('begin')) await this.answer(job);
    } catch (err) {
      turn.step('fail');
      const isFault = turn.state === 'failed' || turn.state === 'timeout';
      if (isFault && !turn.isDropped) {
        const { channelId, inReplyToMessageId: messageId } = turn.subject;
        this.loggerOf(agent).error({ err, channelId, messageId }, 'the agent could not answer');
      }
    }
    await this.live.settle(turn);
  }

  private async answer({ turn, agent, message }: Job): Promise<void> {
    const { messages, timeoutMs } = this.options;
    const { channelId, serverId, seq } = message;
    const context: AgentContext = {
      channelId,
      serverId,
      signal: turn.signal,
      logger: this.loggerOf(agent),
      // Up to the message it answers: what came later it is asked about by itself.
      history: (limit = DEFAULT_HISTORY) => messages.list(channelId, { limit, before: seq + 1 }),
    };
    // Tells that there is an answer, unless it is there at once.
    turn.stream.push({ kind: 'text', offset: 0, text: '' });
    const timer = setTimeout(() => turn.step('expire'), timeoutMs).unref();
    try {
      await collectAnswer(agent, message, context, (part) => {
        turn.step('part');
        turn.draft.add(part, (addition) => turn.stream.push(addition));
      });
      turn.step('finish');
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Turns of agents, one queue for each agent in each channel. */
export const createAgentTurns = (options: AgentTurnsOptions): AgentTurns => new QueuedTurns(options);
