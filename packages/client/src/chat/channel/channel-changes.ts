import type { BroadcastMessage, ChannelUpdates, Position } from '@wirepact/protocol';
import type { IncomingEvent } from '../../runtime/base/event-hub';
import { isBehind, toPosition } from '../../runtime/channel/channel-machine';
import type { RequestReply } from '../../runtime/request/contract-events';
import type { ChatProtocol } from '../chat-contract';
import type { ChatError } from '../chat-error';
import { withoutStoredStreams, withoutStream } from './answer-streams';
import { type DurableEvent, toDurableEvent } from './channel-events';
import { type ChannelChange, type ChannelModel, maxWindow } from './channel-model';
import type { OutboxWait, ViewMessage } from './channel-view';
import { insertMessage, MessageList, mergePage, toViewMessage } from './message-list';
import { removeOwn, withoutStored } from './outgoing-changes';

/** Own messages the server took: one at a number that is behind us, and that is not here, has been deleted since. */
function settle(model: ChannelModel): ChannelModel {
  const { position } = model;
  const isPast = ({ status, epoch, seq }: ViewMessage) =>
    status === 'sent' && position?.epoch === epoch && (seq ?? 0) <= (position?.seq ?? 0);
  const outgoing = removeOwn(model.outgoing, isPast);
  return outgoing === model.outgoing ? model : { ...model, outgoing };
}

/** Puts in a message of an event; an own one leaves `outgoing` and keeps its key. */
function addMessage(model: ChannelModel, { payload }: Extract<DurableEvent, { event: 'messageBroadcast' }>) {
  const { id, clientMessageId } = payload;
  const isSame = (own: ViewMessage) =>
    own.id === id || (clientMessageId !== undefined && own.clientMessageId === clientMessageId);
  const own = model.outgoing.find(isSame);
  const known = own && { key: own.key, clientMessageId: own.clientMessageId };
  return {
    ...withoutStream(model, id),
    stored: insertMessage(model.stored, { ...toViewMessage(payload), ...known }),
    outgoing: removeOwn(model.outgoing, isSame),
  };
}

function deleteMessage(model: ChannelModel, messageId: string): ChannelModel {
  const { page, stored } = model;
  const deleted = stored.find(messageId);
  return {
    ...withoutStream(model, messageId),
    stored: deleted ? stored.remove(deleted) : stored,
    outgoing: removeOwn(model.outgoing, ({ id }) => id === messageId),
    page: page && { ...page, deleted: [...page.deleted, messageId] },
  };
}

/** Without any message of the server's. */
const clear = (model: ChannelModel): ChannelModel => ({
  ...model,
  stored: MessageList.of([]),
  window: model.maxMessages,
  // Own ones with a higher number were sent after the clear.
  from: model.from === undefined ? undefined : 1,
  // What is being loaded is gone, too.
  page: undefined,
});

function applyEvent(model: ChannelModel, event: DurableEvent): ChannelModel {
  switch (event.event) {
    case 'messageBroadcast':
      return addMessage(model, event);
    case 'messageDeleted':
      return deleteMessage(model, event.payload.messageId);
    case 'channelCleared':
      // The message of an answer that has ended may be among those that were cleared, and then never comes.
      return { ...clear(model), streams: model.streams.filter(({ isStreaming }) => isStreaming) };
    case 'channelUpdated':
      return { ...model, properties: { ...model.properties, ...event.payload.updates } };
    case 'channelDeleted':
      return { ...clear(model), streams: [] };
  }
}

/** Goes on to a place in the journal. */
const passTo = (model: ChannelModel, at: Position | undefined): ChannelModel =>
  at ? { ...model, position: at, from: model.from ?? at.seq } : model;

/** Takes a durable event; an extension's own changes nothing but the position. */
export const takeEvent =
  (incoming: IncomingEvent): ChannelChange =>
  (model) => {
    const at = toPosition(Object(incoming.payload));
    if (isBehind(at, model.position)) return model;
    const event = toDurableEvent(incoming);
    const passed = passTo(model, at);
    return event ? applyEvent(passed, event) : passed;
  };

/** The server has let this client in; every event up to `position` has been applied. The channel has these properties now. */
export const enter =
  (position: Position | undefined, properties?: ChannelUpdates): ChannelChange =>
  (before) => {
    const known = before.position;
    const model = properties ? { ...before, properties } : before;
    if (!position) return { ...model, position, from: undefined };
    if (!known) return { ...model, position, from: position.seq + 1 };
    return isBehind(position, known) ? model : { ...model, position };
  };

/** The newest messages, as far as they could be read. */
export interface NewestPage {
  readonly messages: readonly BroadcastMessage[];
  readonly hasMore: boolean;
  /** Why they could not. */
  readonly error?: ChatError | undefined;
}

/** What was missed cannot be told: the newest messages up to `position` take the place of all that was known. */
export const reset =
  (position: Position, { messages, hasMore, error }: NewestPage): ChannelChange =>
  (model) => {
    const isSameLife = model.position?.epoch === position.epoch;
    const stored = MessageList.of(mergePage(messages, isSameLife ? model.stored : MessageList.of([])));
    const isForeign = ({ status, epoch }: ViewMessage) => status === 'sent' && epoch !== position.epoch;
    return {
      ...model,
      position,
      stored,
      window: model.maxMessages,
      from: hasMore ? (stored.first?.seq ?? position.seq + 1) : 1,
      outgoing: withoutStored(removeOwn(model.outgoing, isForeign), stored),
      properties: isSameLife ? model.properties : {},
      page: undefined,
      loadError: error,
    };
  };

/** Notes that a page of older messages was asked for; `load` tells it from others. */
export const requestPage =
  (load: number): ChannelChange =>
  (model) => ({ ...model, page: { load, before: model.from, deleted: [] } });

/** Puts in a page of older messages, where it still fits. */
export const addPage =
  (load: number, loaded: RequestReply<ChatProtocol, 'list_messages'>): ChannelChange =>
  (model) => {
    const { page, position, stored } = model;
    if (page?.load !== load) return model;
    const done = { ...model, page: undefined, loadError: undefined };
    // The page continues what is known only where that still begins at the same place.
    const fits = page.before === model.from && (!position || position.epoch === loaded.epoch);
    if (!fits) return done;
    const isKnown = (id: string) => page.deleted.includes(id) || stored.find(id) !== undefined;
    const messages = loaded.messages.filter(({ id }) => !isKnown(id));
    const from = loaded.hasMore ? (loaded.messages[0]?.seq ?? model.from) : 1;
    const all = MessageList.of([...mergePage(messages, MessageList.of([])), ...stored.toArray()]);
    const window = Math.min(Math.max(model.window, all.size), maxWindow(model));
    return { ...done, from, window, stored: all, outgoing: withoutStored(model.outgoing, all) };
  };

/** Notes why a page of older messages could not be loaded. */
export const failPage =
  (load: number, loadError: ChatError): ChannelChange =>
  (model) =>
    model.page?.load === load ? { ...model, page: undefined, loadError } : model;

/** Notes what the first of the own messages waits for. */
export const waitFor =
  (waiting: OutboxWait | undefined): ChannelChange =>
  (model) =>
    waiting === model.waiting ? model : { ...model, waiting };

/** Without the oldest messages, where there are more than the view keeps; they can be loaded again. */
function trim(model: ChannelModel): ChannelModel {
  // What is being loaded goes on where the view begins now.
  const stored = model.stored.keepLast(model.page ? maxWindow(model) : model.window);
  if (stored === model.stored) return model;
  const { from, position } = model;
  const begin = stored.first?.seq ?? (position && position.seq + 1);
  return { ...model, stored, from: from === undefined ? undefined : begin };
}

/** The model after a change, which is then made consistent. A change that changes nothing gives the same model. */
export const changeChannel = (model: ChannelModel, change: ChannelChange): ChannelModel =>
  trim(withoutStoredStreams(settle(change(model))));
