import { checkOptions } from '../../runtime/base/check-options';
import { copyJson } from '../../runtime/base/copy-json';
import { createUuid } from '../../runtime/base/uuid';
import type { RoomSends } from '../../runtime/channel/membership';
import type { Connection } from '../../runtime/connection/connection';
import type { Outbox } from '../../runtime/outbox/outbox';
import type { OutboxDeadline } from '../../runtime/outbox/outbox-deps';
import { REQUEST_OPTIONS, type Requester } from '../../runtime/request/request';
import type { ChatProtocol } from '../chat-contract';
import { ChatError, toChatError } from '../chat-error';
import type { SendOptions, SentMessage } from './channel';
import { waitFor } from './channel-changes';
import type { ChannelStore } from './channel-store';
import type { ViewMessage } from './channel-view';
import type { OutgoingPayload, StoredError } from './outbox-storage';
import { acknowledge, discard, fail, queue } from './outgoing-changes';
import type { StoredSends } from './stored-sends';

/** Who sends the messages of this client. */
export interface Sender {
  /** Who the application, or else the server, says this client is; until then a name of its own making. */
  entityId: string;
  /** Whether the application has said so. */
  readonly isNamed: boolean;
  /** Whether {@link entityId} holds: the application has said so, or the server has let this client in. */
  isKnown: boolean;
  readonly entityName: string | undefined;
  /** What the server last called this client, which may know it by a name of its own. */
  knownName?: string | undefined;
}

/** Who acts, in the payload of a request; left to the server as long as that is not known. */
export const actingAs = ({ isKnown, entityId }: Sender): { entityId?: string } =>
  isKnown ? { entityId } : {};

/** What the outboxes of all channels have in common. */
export interface SendingContext {
  readonly connection: Connection;
  readonly requester: Requester;
  readonly sender: Sender;
  /** What keeps messages over a reload; `undefined` where nothing does. */
  readonly storedSends: StoredSends | undefined;
  /** Ids of messages that an earlier page left behind, and perhaps sent. */
  readonly restored: Set<string>;
  /** Messages of one channel that wait or have failed, at most. */
  readonly maxMessages: number;
  /** Milliseconds a message may wait for its receipt. */
  readonly sendTimeoutMs: number;
}

/** An own message as a view shows it until the server has it. */
function toPending(
  { messageId, channelId, entityId, entityName, ...content }: OutgoingPayload,
  { knownName = entityName }: Sender,
): ViewMessage {
  return {
    key: messageId,
    clientMessageId: messageId,
    status: 'pending',
    createdAt: Date.now(),
    roomId: channelId,
    senderId: entityId,
    ...content,
    senderName: knownName,
  };
}

const toStoredError = ({ code, message, retryable }: ChatError): StoredError => ({
  code,
  message,
  retryable,
});

/** How messages are sent, shown in the view and kept in the storage. */
export function toSends(
  { requester, sender, storedSends, maxMessages }: SendingContext,
  store: ChannelStore,
): RoomSends<OutgoingPayload, SentMessage> {
  const request = requester.typed<ChatProtocol>();
  return {
    keyOf: ({ messageId }) => messageId,
    eventOf: () => 'send_message',
    deliver: (payload, options) => request('send_message', payload, options),
    maxSends: maxMessages,
    events: {
      queued: (payload, losses) => {
        store.change(queue(toPending(payload, sender)));
        storedSends?.append(payload, losses > 0 ? { losses } : {});
      },
      lost: (payload, losses) => storedSends?.update(payload, { losses }),
      waiting: (waiting) => store.change(waitFor(waiting)),
      sent: (payload, receipt) => {
        store.change(acknowledge(payload.messageId, receipt));
        storedSends?.remove(payload);
      },
      failed: (payload, error) => {
        store.change(fail(payload.messageId, error));
        // A client that is closed has not given its messages up: the next one sends them.
        const state = { error: toStoredError(error) };
        if (error.code !== 'CLOSED') storedSends?.update(payload, state);
      },
      discarded: (payload) => {
        store.change(discard(payload.messageId));
        storedSends?.remove(payload);
      },
    },
  };
}

/** The messages of this client in one channel: its outbox sends them, shows them in the view and keeps them in the storage. */
export class ChannelOutbox {
  readonly #channel: { readonly channelId: string; readonly serverId: string };
  readonly #context: SendingContext;
  readonly #outbox: Outbox<OutgoingPayload, SentMessage>;

  constructor(
    channel: { readonly channelId: string; readonly serverId: string },
    context: SendingContext,
    outbox: Outbox<OutgoingPayload, SentMessage>,
  ) {
    this.#channel = channel;
    this.#context = context;
    this.#outbox = outbox;
  }

  /** As `Channel.send`. */
  async send(text: string, options: SendOptions): Promise<SentMessage> {
    checkOptions<SendOptions>('send', options, {
      ...REQUEST_OPTIONS,
      messageId: 'string',
      inReplyToMessageId: 'string',
      attachments: 'object',
      metadata: 'object',
    });
    const { signal, timeoutMs, messageId = createUuid(), ...rest } = options;
    const { entityId, entityName } = this.#context.sender;
    const { channelId, serverId } = this.#channel;
    const payload = { channelId, serverId, text, entityId, entityName, messageId, ...rest };
    const refusal = this.#context.requester.refusal('send_message', payload);
    if (refusal) throw await refusal;
    // What is sent, perhaps much later, is what was checked.
    return this.#outbox.send(copyJson(payload), this.#toDeadline({ signal, timeoutMs }));
  }

  /** As `Channel.retry`. */
  async retry(messageId: string, options: Partial<OutboxDeadline>): Promise<SentMessage> {
    checkOptions('retry', options, REQUEST_OPTIONS);
    const retried = this.#outbox.retry(messageId, this.#toDeadline(options));
    if (retried) return retried;
    const text = `This channel has no message "${messageId}" that waits or has failed.`;
    throw new ChatError('MESSAGE_NOT_FOUND', text);
  }

  /** Puts in what earlier pages left behind, as far as there is room; the rest stays in the storage. */
  async restore(): Promise<void> {
    const { storedSends, sender, restored } = this.#context;
    const sends = await storedSends?.take(this.#channel.channelId, sender.entityId);
    for (const { payload, error, losses } of sends ?? []) {
      if (this.#outbox.isFull) return;
      restored.add(payload.messageId);
      // An earlier version of the client may have taken what this one refuses.
      const refusal = error ?? (await this.#context.requester.refusal('send_message', payload));
      if (refusal) this.#outbox.addFailed(payload, toChatError(refusal.code, refusal.message, refusal));
      // Nobody waits for it any more; the view says what becomes of it.
      else this.#outbox.send(payload, this.#toDeadline({}), losses).catch(() => {});
    }
  }

  #toDeadline({ signal, timeoutMs }: Partial<OutboxDeadline>): OutboxDeadline {
    return { signal, timeoutMs: timeoutMs ?? this.#context.sendTimeoutMs };
  }
}
