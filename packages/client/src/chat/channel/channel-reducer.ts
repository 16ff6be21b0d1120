import type { Position } from '@wirepact/protocol';
import type { IncomingEvent } from '../../runtime/base/event-hub';
import { isBehind, toPosition } from '../../runtime/channel/channel-machine';
import { enterStreams, reduceStream, withoutStoredStreams, withoutStream } from './answer-streams';
import { type DurableEvent, toDurableEvent } from './channel-events';
import { type ChannelAction, type ChannelModel, maxWindow } from './channel-model';
import type { ViewMessage } from './channel-view';
import { insertMessage, MessageList, mergePage, toViewMessage } from './message-list';
import { reduceOutgoing, removeOwn, withoutStored } from './outgoing-reducer';

type ActionOf<Type extends ChannelAction['type']> = Extract<ChannelAction, { type: Type }>;

/** Own messages the server took: one at a number that is behind us, and that is not here, has been deleted since. */
function settle(model: ChannelModel): ChannelModel {
  const { position } = model;
  const isBehind = ({ status, epoch, seq }: ViewMessage) =>
    status === 'sent' && position?.epoch === epoch && (seq ?? 0) <= (position?.seq ?? 0);
  const outgoing = removeOwn(model.outgoing, isBehind);
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

function reduceEvent(model: ChannelModel, incoming: IncomingEvent): ChannelModel {
  const at = toPosition(Object(incoming.payload));
  if (isBehind(at, model.position)) return model;
  const event = toDurableEvent(incoming);
  const passed = passTo(model, at);
  return settle(event ? applyEvent(passed, event) : passed);
}

function enter(model: ChannelModel, position: Position | undefined): ChannelModel {
  const known = model.position;
  if (!position) return { ...model, position, from: undefined };
  if (!known) return settle({ ...model, position, from: position.seq + 1 });
  return isBehind(position, known) ? model : settle({ ...model, position });
}

function reset(model: ChannelModel, { position, messages, hasMore, error }: ActionOf<'reset'>): ChannelModel {
  const isSameLife = model.position?.epoch === position.epoch;
  const stored = MessageList.of(mergePage(messages, isSameLife ? model.stored : MessageList.of([])));
  const isForeign = ({ status, epoch }: ViewMessage) => status === 'sent' && epoch !== position.epoch;
  return settle({
    ...model,
    position,
    stored,
    window: model.maxMessages,
    from: hasMore ? (stored.first?.seq ?? position.seq + 1) : 1,
    outgoing: withoutStored(removeOwn(model.outgoing, isForeign), stored),
    properties: isSameLife ? model.properties : {},
    page: undefined,
    loadError: error,
  });
}

function addPage(model: ChannelModel, loaded: ActionOf<'page-loaded'>): ChannelModel {
  const { page, position, stored } = model;
  if (page?.load !== loaded.load) return model;
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
}

/** Without the oldest messages, where there are more than the view keeps; they can be loaded again. */
function trim(model: ChannelModel): ChannelModel {
  // What is being loaded goes on where the view begins now.
  const stored = model.stored.keepLast(model.page ? maxWindow(model) : model.window);
  if (stored === model.stored) return model;
  const { from, position } = model;
  const begin = stored.first?.seq ?? (position && position.seq + 1);
  return { ...model, stored, from: from === undefined ? undefined : begin };
}

function reduce(model: ChannelModel, action: ChannelAction): ChannelModel {
  switch (action.type) {
    case 'entered':
      return enter(action.properties ? { ...model, properties: action.properties } : model, action.position);
    case 'reset':
      return withoutStoredStreams(reset(model, action));
    case 'event':
      return reduceEvent(model, action.event);
    case 'streams':
      return enterStreams(model, action.place, action.streams);
    case 'stream':
      return reduceStream(model, action.place, action.event);
    case 'page-requested':
      return { ...model, page: { load: action.load, before: model.from, deleted: [] } };
    case 'page-loaded':
      return withoutStoredStreams(addPage(model, action));
    case 'page-failed':
      if (model.page?.load !== action.load) return model;
      return { ...model, page: undefined, loadError: action.error };
    case 'waiting':
      return action.waiting === model.waiting ? model : { ...model, waiting: action.waiting };
    default:
      return settle(reduceOutgoing(model, action));
  }
}

/** The model after an action. Does nothing else; an action that changes nothing gives the same model. */
export const reduceChannel = (model: ChannelModel, action: ChannelAction): ChannelModel =>
  trim(reduce(model, action));
