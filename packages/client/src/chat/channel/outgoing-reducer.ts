import type { SentMessage } from './channel';
import type { ChannelAction, ChannelModel } from './channel-model';
import type { ViewMessage } from './channel-view';
import { insertMessage, type MessageList, replaceMessage } from './message-list';

/** What happens to this client's own messages. */
export type OutgoingAction = Extract<ChannelAction, { type: 'queued' | 'sent' | 'failed' | 'discarded' }>;

/** The messages without those that `isGone`; the same array where there are none. */
export function removeOwn(
  messages: readonly ViewMessage[],
  isGone: (message: ViewMessage) => boolean,
): readonly ViewMessage[] {
  return messages.some(isGone) ? messages.filter((message) => !isGone(message)) : messages;
}

/** Own messages without those that are among the stored ones: by the server's id, or by this client's. */
export const withoutStored = (own: readonly ViewMessage[], stored: MessageList): readonly ViewMessage[] =>
  removeOwn(own, ({ id, clientMessageId }) =>
    Boolean(stored.findOwn(clientMessageId) || (id !== undefined && stored.find(id))),
  );

const isOwn = (clientMessageId: string) => (message: ViewMessage) =>
  message.clientMessageId === clientMessageId;

/** Puts a message at the end, from wherever it was; one that the server has already stays as it is. */
function queue(model: ChannelModel, message: ViewMessage): ChannelModel {
  const { clientMessageId = message.key } = message;
  if (model.stored.findOwn(clientMessageId)) return model;
  return { ...model, outgoing: [...removeOwn(model.outgoing, isOwn(clientMessageId)), message] };
}

/** Notes the receipt; without a number nothing tells when to show the message as stored, so it is at once. */
function acknowledge(model: ChannelModel, own: ViewMessage, receipt: SentMessage): ChannelModel {
  const { messageId: id, createdAt, seq, epoch } = receipt;
  const place = { ...(seq !== undefined && { seq }), ...(epoch !== undefined && { epoch }) };
  const { error: _, ...message } = own;
  const sent: ViewMessage = { ...message, id, createdAt, ...place, status: 'sent' };
  const others = removeOwn(model.outgoing, (one) => one === own);
  const { stored } = model;
  const known = stored.find(id);
  const named = known && { ...known, clientMessageId: own.clientMessageId };
  if (named) return { ...model, outgoing: others, stored: replaceMessage(stored, known, named) };
  if (seq === undefined) return { ...model, outgoing: others, stored: insertMessage(stored, sent) };
  const outgoing = model.outgoing.map((one) => (one === own ? sent : one));
  return { ...model, outgoing: withoutLost(outgoing, model.maxMessages) };
}

/** Without the oldest whose events do not come, as where this client is not in the channel: they are bounded, too. */
function withoutLost(own: readonly ViewMessage[], maxMessages: number): readonly ViewMessage[] {
  const sent = own.filter(({ status }) => status === 'sent');
  return sent.length > maxMessages ? removeOwn(own, (one) => one === sent[0]) : own;
}

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
      return { ...model, outgoing: removeOwn(model.outgoing, (one) => one === own) };
  }
}
