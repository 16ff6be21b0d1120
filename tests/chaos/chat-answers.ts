import type {
  AnswerStream,
  BroadcastMessage,
  MessageComplete,
  MessageStreamChunk,
  MessageStreamError,
} from '@wirepact/protocol';
import type { KeptAnswer } from './run-record';
import type { AnswerSoFar, AnswerWire } from './wire';

/** What the events of answers carry, together. */
type AnswerPayload = Partial<MessageStreamChunk & MessageStreamError & MessageComplete>;

/** What a message says as an answer; `undefined` where it is none. */
export const toKeptAnswer = ({
  inReplyToMessageId: question,
  incomplete,
}: Partial<Pick<BroadcastMessage, 'inReplyToMessageId' | 'incomplete'>>): KeptAnswer | undefined =>
  question === undefined ? undefined : { question, incomplete };

/** How the chat tells of answers under way. */
export const chatAnswers: AnswerWire = {
  events: ['messageStreamChunk', 'messageStreamError', 'messageComplete'],
  toEvent(name, payload) {
    // What these events carry, the contract says.
    const {
      channelId = '',
      messageId,
      inReplyToMessageId: question = '',
      ...rest
    } = payload as AnswerPayload;
    if (name !== 'messageStreamChunk') return { event: 'end', channelId, messageId, question, name };
    const { offset = 0, chunk: text = '' } = rest;
    return { event: 'chunk', channelId, messageId: messageId ?? '', offset, text };
  },
  inJoin(reply): AnswerSoFar[] {
    const { streams = [] } = reply as { readonly streams?: readonly AnswerStream[] };
    return streams.map(({ messageId, text }) => ({ messageId, text }));
  },
};
