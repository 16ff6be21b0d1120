import type { Exchange, ExchangeRequest } from '../../runtime/connection/exchange';
import { parseWireError } from '../../runtime/connection/wire-error';
import { ChatError, toChatError } from '../chat-error';
import { type Asks, answered, EventSession } from './event-session';
import type { Fields, PendingRequest } from './pending-requests';

/** A failure of a server that may have a code, as those of version 1.1 do. */
function toError({ error, ...details }: Fields): ChatError {
  const text = typeof error === 'string' ? error.slice(0, 500) : 'The server said that something failed.';
  const known = parseWireError({ ...details, message: text });
  return known ? toChatError(known.code, text, known) : new ChatError('INTERNAL', text);
}

/** A conversation with a server of the document and nothing more: it has five events, and no acknowledgements. */
export class DocumentSession extends EventSession {
  /** The last own message that came: its receipt says nothing of when it was created. */
  #heard: { readonly id: unknown; readonly createdAt: number } | undefined;

  protected readonly requests: Readonly<Record<string, Asks>> = {
    join_channel: (request, payload) => this.#join(request, payload),
    send_message: (request, payload) => this.send(request, payload, 'send_message', (sent) => sent),
    subscribe_logs: (request, payload) => this.ask(request, payload, 'subscribe_logs'),
    // The document has no answer to these two.
    unsubscribe_logs: (request) => this.tell(request, 'unsubscribe_logs', undefined, { subscribed: false }),
    set_log_filter: (request, payload) => this.tell(request, 'set_log_filter', payload, payload),
  };

  /** There is no history to look it up in. */
  protected async findSent(): Promise<undefined> {}

  protected take(event: string, payload: Fields): void {
    if (event === 'channel_joined') this.settleJoin(payload);
    if (event === 'messageBroadcast') this.#note(payload);
    if (event === 'messageAck') this.#settleSend(payload);
    if (event === 'messageError') this.#settleFailed(payload);
    if (event === 'log_subscription_confirmed')
      this.pending.settle(({ event: asked }) => asked === 'subscribe_logs', answered({ subscribed: true }));
    if (event === 'connection_established') this.greet(payload);
    else this.link.receive(event, payload);
  }

  /** What was missed is not told, so nothing is asked to be resumed. */
  #join(request: ExchangeRequest, payload: Fields): Promise<Exchange> {
    const { resume: _, ...sent } = payload;
    return this.join(request, payload, 'join_channel', sent);
  }

  #note({ id, createdAt, clientMessageId }: Fields): void {
    if (clientMessageId !== undefined && typeof createdAt === 'number') this.#heard = { id, createdAt };
  }

  #settleSend({ clientMessageId, messageId }: Fields): void {
    const createdAt = this.#heard?.id === messageId ? this.#heard?.createdAt : undefined;
    this.settleSend(clientMessageId, { messageId, createdAt: createdAt ?? Date.now() });
  }

  /** A failure belongs to the message that it names, or to the event; else to the oldest request there is. */
  #settleFailed(failure: Fields): void {
    const { clientMessageId, event: failedEvent } = failure;
    const isMeant = ({ event, payload }: PendingRequest) => {
      if (clientMessageId !== undefined) return payload.messageId === clientMessageId;
      return failedEvent === undefined || failedEvent === event;
    };
    this.blame(failure, isMeant, toError(failure));
  }
}
