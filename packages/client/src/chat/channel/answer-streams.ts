import type { AnswerStream, MessageStreamChunk, ToolUse } from '@wirepact/protocol';
import type { Place, StreamEvent } from './channel-events';
import type { ChannelChange, ChannelModel } from './channel-model';
import type { ViewMessage } from './channel-view';

/** Ends that are remembered, as a chunk that comes after one counts no more. */
const MAX_ENDED = 64;

type Begun = Pick<MessageStreamChunk, 'messageId' | 'agentId' | 'senderName' | 'inReplyToMessageId'>;

const begin = (place: Place, { messageId, agentId, senderName, inReplyToMessageId }: Begun): ViewMessage => ({
  key: messageId,
  id: messageId,
  senderId: agentId,
  senderName,
  inReplyToMessageId,
  text: '',
  ...place,
  createdAt: Date.now(),
  source: 'agent_response',
  status: 'sent',
  isStreaming: true,
});

/** The actions with a tool: what is told of one later is added to what was told before. */
function withTool(actions: readonly unknown[] = [], tool: ToolUse): unknown[] {
  const known = actions.findIndex((action) => Object(Object(action).tool).id === tool.id);
  if (known === -1) return [...actions, { tool }];
  return actions.map((action, index) =>
    index === known ? { tool: { ...Object(action).tool, ...tool } } : action,
  );
}

/** The answer of this id, if one is under way. */
const find = ({ streams }: ChannelModel, messageId: string) => streams.find(({ id }) => id === messageId);

/** Whether a message has come, or an end was told: its chunks count no more. */
const isOver = ({ stored, ended }: ChannelModel, messageId: string) =>
  ended.includes(messageId) || stored.find(messageId) !== undefined;

/** Whether text is missing before a chunk. */
export const isAhead = (model: ChannelModel, { messageId, offset }: MessageStreamChunk): boolean =>
  !isOver(model, messageId) && offset > (find(model, messageId)?.text.length ?? 0);

/** Adds of a chunk what is beyond the text there is. */
function addChunk(model: ChannelModel, place: Place, payload: MessageStreamChunk): ChannelModel {
  const { messageId, offset, chunk, thought, tool } = payload;
  if (isOver(model, messageId) || isAhead(model, payload)) return model;
  const known = find(model, messageId);
  const { text, ...rest } = known ?? begin(place, payload);
  const next: ViewMessage = {
    ...rest,
    text: text + chunk.slice(text.length - offset),
    ...(thought !== undefined && { thought: (rest.thought ?? '') + thought }),
    ...(tool && { actions: withTool(rest.actions, tool) }),
  };
  const streams = known ? model.streams.map((one) => (one === known ? next : one)) : [...model.streams, next];
  return { ...model, streams };
}

/** Nothing more is said. What was said stays until its message comes; where nothing was, none comes. */
function end(model: ChannelModel, messageId: string | undefined, willStay: boolean): ChannelModel {
  if (messageId === undefined) return model;
  const known = find(model, messageId);
  return {
    ...model,
    ended: [...model.ended, messageId].slice(-MAX_ENDED),
    streams: model.streams.flatMap((one) => {
      if (one !== known) return one;
      return willStay ? { ...one, isStreaming: undefined } : [];
    }),
  };
}

/** Takes what is said of an answer under way. */
export const followStream =
  ({ event, payload }: StreamEvent, place: Place): ChannelChange =>
  (model) => {
    switch (event) {
      case 'messageStreamChunk':
        return addChunk(model, place, payload);
      case 'messageStreamError':
        return end(model, payload.messageId, payload.partialText !== undefined);
      case 'messageComplete':
        return end(model, payload.messageId, find(model, payload.messageId ?? '')?.text !== '');
    }
  };

/** Takes what the server says of the answers under way in the place of what was known. */
export const enterStreams =
  (streams: readonly AnswerStream[], place: Place): ChannelChange =>
  (model) => {
    if (streams.length === 0 && model.streams.length === 0) return model;
    const going = streams.filter(({ messageId }) => !isOver(model, messageId));
    return {
      ...model,
      streams: going.map(({ text, thought, tools, ...stream }) => ({
        ...(find(model, stream.messageId) ?? begin(place, stream)),
        text,
        ...(thought !== undefined && { thought }),
        ...(tools.length > 0 && { actions: tools.map((tool) => ({ tool })) }),
      })),
    };
  };

/** The message of an answer has come, or is gone. */
export const withoutStream = (model: ChannelModel, messageId: string): ChannelModel =>
  find(model, messageId) ? end(model, messageId, false) : model;

/** Without answers whose message is there, however it came. */
export function withoutStoredStreams(model: ChannelModel): ChannelModel {
  const streams = model.streams.filter(({ id = '' }) => !model.stored.find(id));
  return streams.length === model.streams.length ? model : { ...model, streams };
}
