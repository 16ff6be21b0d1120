import type { ChatError } from '../chat-error';
import type { SentMessage } from './channel';
import type { ChannelChange, ChannelModel } from './channel-model';
import type { ViewMessage } from './channel-view';
import { insertMessage, type MessageList, replaceMessage } from './message-list';

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
export const queue =
  (message: ViewMessage): ChannelChange =>
  (model) => {
    const { clientMessageId = message.key } = message;
    if (model.stored.findOwn(clientMessageId)) return model;
    return { ...model, outgoing: [...removeOwn(model.outgoing, isOwn(clientMessageId)), message] };
  };

/** Changes one of this client's own messages; nothing where it is not in the outbox. */
const changeOwn =
  (clientMessageId: string, change: (model: ChannelModel, own: ViewMessage) => ChannelModel): ChannelChange =>
  (model) => {
    const own = model.outgoing.find(isOwn(clientMessageId));
    return own ? change(model, own) : model;
  };

/**
 * Notes the receipt. Where nothing has numbers, nothing tells when to show the message as stored, so it is at once; a receipt
 * without one is else of a message from before the join, which history has.
 */
export const acknowledge = (clientMessageId: string, receipt: SentMessage): ChannelChange =>
  changeOwn(clientMessageId, (model, own) => {
    const { messageId: id, createdAt, seq, epoch } = receipt;
    const { error: _, ...message } = own;
    const sent: ViewMessage = { ...message, id, createdAt, seq, epoch, status: 'sent' };
    const others = removeOwn(model.outgoing, (one) => one === own);
    const { stored } = model;
    const known = stored.find(id);
    const named = known && { ...known, clientMessageId: own.clientMessageId };
    if (named) return { ...model, outgoing: others, stored: replaceMessage(stored, known, named) };
    if (seq === undefined && !model.position)
      return { ...model, outgoing: others, stored: insertMessage(stored, sent) };
    const outgoing = model.outgoing.map((one) => (one === own ? sent : one));
    return { ...model, outgoing: withoutLost(outgoing, model.maxMessages) };
  });

/** Without the oldest whose events do not come, as where this client is not in the channel: they are bounded, too. */
function withoutLost(own: readonly ViewMessage[], maxMessages: number): readonly ViewMessage[] {
  const sent = own.filter(({ status }) => status === 'sent');
  return sent.length > maxMessages ? removeOwn(own, (one) => one === sent[0]) : own;
}

/** Notes why a message will not be sent. */
export const fail = (clientMessageId: string, error: ChatError): ChannelChange =>
  changeOwn(clientMessageId, (model, own) => {
    const failed: ViewMessage = { ...own, status: 'failed', error };
    return { ...model, outgoing: model.outgoing.map((one) => (one === own ? failed : one)) };
  });

/** Takes a message out that is not to be sent. */
export const discard = (clientMessageId: string): ChannelChange =>
  changeOwn(clientMessageId, (model, own) => ({
    ...model,
    outgoing: removeOwn(model.outgoing, (one) => one === own),
  }));
