import type { SentMessage } from './channel';
import type { ChannelAction, ChannelModel } from './channel-model';
import type { ViewMessage } from './channel-view';
import { insertMessage, removeMessages } from './message-list';

/** What happens to this client's own messages. */
export type OutgoingAction = Extract<ChannelAction, { type: 'queued' | 'sent' | 'failed' | 'discarded' }>;

const isOwn = (clientMessageId: string) => (message: ViewMessage) =>
  message.clientMessageId === clientMessageId;

/** Puts a message at the end, from wherever it was; one that the server has already stays as it is. */
function queue(model: ChannelModel, message: ViewMessage): ChannelModel {
  const { clientMessageId = message.key } = message;
  if (model.stored.some(isOwn(clientMessageId))) return model;
  return { ...model, outgoing: [...removeMessages(model.outgoing, isOwn(clientMessageId)), message] };
}

/** Notes the receipt; without a number nothing tells when to show the message as stored, so it is at once. */
function acknowledge(model: ChannelModel, own: ViewMessage, receipt: SentMessage): ChannelModel {
  const { messageId: id, createdAt, seq, epoch } = receipt;
  const place = { ...(seq !== undefined && { seq }), ...(epoch !== undefined && { epoch }) };
  const { error: _, ...message } = own;
  const sent: ViewMessage = { ...message, id, createdAt, ...place, status: 'sent' };
  const others = removeMessages(model.outgoing, (one) => one === own);
  const known = model.stored.find((stored) => stored.id === id);
  if (known) return { ...model, outgoing: others, stored: nameOwn(model.stored, known, own) };
  if (seq === undefined) return { ...model, outgoing: others, stored: insertMessage(model.stored, sent) };
  return { ...model, outgoing: model.outgoing.map((one) => (one === own ? sent : one)) };
}

/** A stored message turned out to be this client's own. */
const nameOwn = (stored: readonly ViewMessage[], known: ViewMessage, { clientMessageId }: ViewMessage) =>
  stored.map((one) => (one === known ? { ...one, clientMessageId } : one));

function fail(model: ChannelModel, own: ViewMessage, { error }: Extract<OutgoingAction, { type: 'failed' }>) {
  const failed: ViewMessage = { ...own, status: 'failed', error };
  return { ...model, outgoing: model.outgoing.map((one) => (one === own ? failed : one)) };
}

/** The part of the reducer that follows the outbox. */
export function reduceOutgoing(model: ChannelModel, action: OutgoingAction): ChannelModel {
  if (action.type === 'queued') return queue(model, action.message);
  const own = model.outgoing.find(isOwn(action.clientMessageId));
  if (!own) return model;
  switch (action.type) {
    case 'sent':
      return acknowledge(model, own, action.receipt);
    case 'failed':
      return fail(model, own, action);
    case 'discarded':
      return { ...model, outgoing: removeMessages(model.outgoing, (one) => one === own) };
  }
}
