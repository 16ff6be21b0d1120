import type { BroadcastMessage } from '@wirepact/protocol';
import type { Channel, JoinOptions } from '../chat/channel/channel';
import type { ChatClient } from '../chat/chat-client';
import { untilAborted } from '../runtime/base/deadline';
import type { Agent, AgentLogger, AgentMessage, AgentPart } from './agent';
import { PartSender } from './part-sender';
import { sendUntilTaken } from './send-until-taken';

/** Messages that wait for an answer, of one channel; further ones the agent does not hear. */
const MAX_WAITING = 32;
const DEFAULT_HISTORY = 20;

/** How an agent is run. */
export interface RunAgentOptions {
  /** Where is told what goes wrong; also what the agent is given. Default `console`. */
  readonly logger?: AgentLogger | undefined;
  /** How the channels are joined. */
  readonly join?: JoinOptions | undefined;
}

/** An agent that answers. */
export interface RunningAgent {
  /** Stops: answers under way end as failed, and the channels are left. */
  stop(): Promise<void>;
}

function toMessage({ roomId: channelId, epoch = '', seq = 0, ...message }: BroadcastMessage): AgentMessage {
  return { ...message, channelId, epoch, seq };
}

/** Lets an iterator clean up. Not awaited: it may never wake up. */
function finish(parts: AsyncIterator<AgentPart>): void {
  Promise.resolve()
    .then(() => parts.return?.())
    .catch(() => {});
}

/** Answers the messages of one channel, one after the other. */
class ChannelAgent {
  private readonly stopped = new AbortController();
  private waiting = 0;
  private tail: Promise<void> = Promise.resolve();
  private readonly stopListening: () => void;

  constructor(
    private readonly client: ChatClient,
    private readonly channel: Channel,
    private readonly agent: Agent,
    private readonly logger: AgentLogger,
  ) {
    this.stopListening = channel.on('messageBroadcast', (message) => this.hear(toMessage(message)));
  }

  async stop(): Promise<void> {
    this.stopListening();
    this.stopped.abort(new Error('The agent stops.'));
    await this.tail;
    await this.channel.leave();
  }

  private hear(message: AgentMessage): void {
    const { id: channelId } = this.channel;
    if (message.source === 'agent_response' || message.senderId === this.agent.id) return;
    if (this.waiting >= MAX_WAITING) {
      this.logger.warn(
        { channelId, messageId: message.id },
        'too many messages wait for the agent, which does not hear this one',
      );
      return;
    }
    this.waiting += 1;
    this.tail = this.tail.then(async () => {
      try {
        if (!this.stopped.signal.aborted) await this.answer(message);
      } catch (err) {
        this.logger.error({ err, channelId, messageId: message.id }, 'the agent could not answer');
      } finally {
        this.waiting -= 1;
      }
    });
  }

  private async answer(message: AgentMessage): Promise<void> {
    const { client, channel, agent, stopped } = this;
    const { id: inReplyToMessageId, seq } = message;
    const whose = { channelId: channel.id, entityId: agent.id };
    const beginning = { ...whose, inReplyToMessageId, seq, entityName: agent.name };
    const { messageId } = await sendUntilTaken(
      () => client.request('begin_answer', beginning, { resend: true, signal: stopped.signal }),
      stopped.signal,
    );
    const ended = new AbortController();
    const refused = new AbortController();
    const stopListening = channel.on('messageStreamError', (error) => {
      if (error.messageId === messageId) ended.abort(new Error(error.error));
    });
    const send = new PartSender(
      (batch) => client.request('continue_answer', { ...whose, messageId, ...batch }, { resend: true }),
      ended.signal,
      (error) => refused.abort(error),
    );
    try {
      await this.speak(message, send, AbortSignal.any([stopped.signal, ended.signal, refused.signal]));
    } catch (error) {
      // Where somebody else has ended it, there is nobody to be told of anything.
      if (ended.signal.aborted) return;
      await send.finish('failed').catch(() => {});
      if (!stopped.signal.aborted) throw error;
    } finally {
      stopListening();
    }
  }

  private async speak(message: AgentMessage, send: PartSender, signal: AbortSignal): Promise<void> {
    const { client, channel, agent, logger } = this;
    const { serverId, seq } = message;
    const history = async (limit = DEFAULT_HISTORY) => {
      const query = { channelId: channel.id, limit, before: seq + 1 };
      return (await client.request('list_messages', query, { signal })).messages.map(toMessage);
    };
    const context = { channelId: channel.id, serverId, history, signal, logger };
    const parts = agent.respond(message, context)[Symbol.asyncIterator]();
    try {
      for (;;) {
        // An agent that does not look at the signal must not hold up its channel.
        const next = await untilAborted(parts.next(), signal);
        if (next.done) break;
        await send.add(next.value);
      }
      await send.finish('done');
    } finally {
      finish(parts);
    }
  }
}

/**
 * Has an agent answer in channels, from this process: it joins them, hears what people say, and answers with what
 * `agent.respond` yields, as an agent of the server does. The host has to let the client's identity answer: its `authorize`
 * is asked about `begin_answer` and `continue_answer`.
 *
 * Run an agent in one process only: two of them speak into one answer, each a part of it. What is said while it does not run
 * it does not answer.
 * @throws WirepactError as `ChatClient.join`, where one of the channels cannot be joined
 *
 * @example
 * const client = createChatClient(url, { entityId: agent.id, auth: { token } });
 * const running = await runAgent(client, [channelId], agent);
 */
export async function runAgent(
  client: ChatClient,
  channelIds: readonly string[],
  agent: Agent,
  { logger = console, join }: RunAgentOptions = {},
): Promise<RunningAgent> {
  const channels = await Promise.all(channelIds.map((channelId) => client.join(channelId, join)));
  const parts = channels.map((channel) => new ChannelAgent(client, channel, agent, logger));
  return {
    async stop() {
      await Promise.all(parts.map((part) => part.stop()));
    },
  };
}
