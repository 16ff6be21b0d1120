import type { Channel } from '../chat/channel/channel';
import type { ChannelState, ViewMessage } from '../chat/channel/channel-view';
import type { ChatClient } from '../chat/chat-client';
import { AnswerChunks } from './answer-chunks';
import { readToolUses } from './tool-uses';
import type { UiChunk } from './ui-message';

/** Which answer is followed: the one with this id, or the first one to this client's message. */
export type Followed = { readonly messageId: string } | { readonly clientMessageId: string };

/** How the end of an answer is told. */
function toEnd({ incomplete }: ViewMessage): UiChunk {
  if (incomplete === undefined) return { type: 'finish' };
  if (incomplete === 'cancelled') return { type: 'abort' };
  const errorText =
    incomplete === 'timeout' ? 'The agent took too long to answer.' : 'The agent could not answer.';
  return { type: 'error', errorText };
}

/** States of a channel in which nothing comes any more. */
const OVER: ReadonlySet<ChannelState['status']> = new Set(['failed', 'removed', 'deleted', 'left', 'closed']);

/** Follows an answer in a channel's view until its end, and tells the AI SDK of it. */
export class AnswerFollower {
  /** What is told, from the beginning of the answer. Who stops reading it stops nobody. */
  readonly stream: ReadableStream<UiChunk>;
  private readonly chunks = new AnswerChunks();
  private readonly stops: (() => void)[] = [];
  private messageId: string | undefined;
  private questionId: string | undefined;
  private isCancelled = false;
  /** Whether its end was told otherwise than by its message. */
  private isEnding = false;
  private output: ReadableStreamDefaultController<UiChunk> | undefined;

  constructor(
    private readonly client: ChatClient,
    private readonly channel: Channel,
    private readonly followed: Followed,
  ) {
    this.stream = new ReadableStream<UiChunk>({
      start: (output) => {
        this.output = output;
      },
      cancel: () => this.stop(),
    });
    this.listen();
    this.look();
  }

  /** Stops the agent, for everybody, also where it has not begun yet. */
  cancel(): void {
    if (!this.output) return;
    this.isCancelled = true;
    this.tell({ type: 'abort' });
    this.closeOutput();
    this.look();
  }

  /** Follows it no more. */
  stop(): void {
    for (const stop of this.stops.splice(0)) stop();
    this.closeOutput();
  }

  private listen(): void {
    const { client, channel, followed } = this;
    this.stops.push(
      channel.view.subscribe(() => this.look()),
      channel.on('messageStreamError', ({ messageId, inReplyToMessageId, code, partialText, error }) => {
        if (!this.isIt(messageId, inReplyToMessageId)) return;
        this.isEnding = true;
        // Where anything was said, the message that has it comes next.
        if (partialText !== undefined) return;
        if (code === 'RESPONSE_CANCELLED') this.finish({ type: 'abort' });
        else this.fail(error);
      }),
      channel.on('messageComplete', ({ messageId, inReplyToMessageId }) => {
        if (messageId === undefined && this.isIt(messageId, inReplyToMessageId)) this.stop();
      }),
      client.on('messageError', ({ clientMessageId, code, error }) => {
        // An agent for which too many messages wait gives no answer whose end could be told.
        const isMine = 'clientMessageId' in followed && clientMessageId === followed.clientMessageId;
        if (isMine && code === 'AGENT_FAILED' && !this.isEnding) this.fail(error);
      }),
      channel.state.subscribe(({ status, error }) => {
        if (OVER.has(status)) this.fail(error?.message ?? `The channel is ${status}.`);
      }),
    );
  }

  private isIt(messageId: string | undefined, inReplyToMessageId: string | undefined): boolean {
    if (this.messageId !== undefined) return messageId === this.messageId;
    const { followed } = this;
    if ('messageId' in followed) return messageId === followed.messageId;
    // The view has the server's id of what this client has sent before it has any answer to it.
    const isQuestion = (one: ViewMessage) => one.clientMessageId === followed.clientMessageId;
    this.questionId ??= this.channel.view.get().messages.findLast(isQuestion)?.id;
    return inReplyToMessageId !== undefined && inReplyToMessageId === this.questionId;
  }

  private find(): ViewMessage | undefined {
    const isAnswer = ({ id, source, inReplyToMessageId }: ViewMessage) =>
      source === 'agent_response' && this.isIt(id, inReplyToMessageId);
    return this.channel.view.get().messages.findLast(isAnswer);
  }

  private look(): void {
    const message = this.find();
    if (message?.id === undefined) {
      // It said nothing, or has failed: whoever listens to that hears of it by the same event.
      if (this.messageId !== undefined) queueMicrotask(() => this.find() ?? this.finish({ type: 'finish' }));
      return;
    }
    if (this.isCancelled) {
      this.stop();
      this.channel.cancel(message.id).catch(() => {});
      return;
    }
    if (this.messageId === undefined) this.tell(...this.chunks.begin(message.id));
    this.messageId = message.id;
    const { text, thought, actions } = message;
    this.tell(
      ...this.chunks.update({
        text,
        ...(thought !== undefined && { thought }),
        tools: readToolUses(actions),
      }),
    );
    if (!this.channel.view.get().streams.includes(message)) this.finish(toEnd(message));
  }

  private finish(end: UiChunk): void {
    this.tell(...this.chunks.end(end));
    this.stop();
  }

  private tell(...chunks: readonly UiChunk[]): void {
    for (const chunk of chunks) this.output?.enqueue(chunk);
  }

  private closeOutput(): void {
    this.output?.close();
    this.output = undefined;
  }

  private fail(errorText: string): void {
    this.tell({ type: 'error', errorText });
    this.stop();
  }
}
