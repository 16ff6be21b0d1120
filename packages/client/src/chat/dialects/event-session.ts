import { isRecord } from '../../runtime/base/is-record';
import { createUuid } from '../../runtime/base/uuid';
import type { DialectLink, DialectSession, Receive } from '../../runtime/connection/dialect';
import type { Exchange, ExchangeRequest } from '../../runtime/connection/exchange';
import { ChatError } from '../chat-error';
import { awaitGreeting } from './await-greeting';
import type { DoubtfulSends } from './doubtful-sends';
import { type Fields, type PendingRequest, PendingRequests } from './pending-requests';

/** Sends what a request is in a dialect, and answers it. */
export type Asks = (request: ExchangeRequest, payload: Fields) => Promise<Exchange>;

/** An acknowledgement with this data, as a server of the contract gives it. */
export const answered = (data: unknown): Exchange => ({ status: 'answered', answer: { ok: true, data } });

/** An acknowledgement with an error, as a server of the contract gives it. */
export const failed = ({ code, message, retryable }: ChatError): Exchange => ({
  status: 'answered',
  answer: { ok: false, error: { code, message, retryable } },
});

/** The channel that a payload names: case makes no difference. */
export const channelIdOf = ({ channelId, roomId }: Fields): string =>
  String(channelId ?? roomId).toLowerCase();

const UNKNOWN_FATE =
  'The connection ended before the receipt. Where the message is not in the channel, `retry` sends it again.';

/** A conversation with a server that acknowledges nothing: other events are the answers. */
export abstract class EventSession implements DialectSession {
  protected readonly link: DialectLink;
  protected readonly pending: PendingRequests;
  readonly #doubts: DoubtfulSends;
  /** The message that was blamed for a failure last. */
  #blamed: { readonly messageId: unknown; readonly failure: Fields } | undefined;
  readonly #left = new Set<string>();
  readonly #greeted: () => void;

  readonly ready: Promise<void>;

  constructor(link: DialectLink, doubts: DoubtfulSends) {
    this.link = link;
    this.#doubts = doubts;
    const { over, come } = awaitGreeting(link.session);
    this.ready = over;
    this.#greeted = come;
    this.pending = new PendingRequests(({ event, payload }, doubt) => {
      if (event === 'send_message') doubts.add(payload.messageId, doubt);
    });
    // What Socket.IO took back is ended before, as not sent.
    link.session.addEventListener('abort', () => setTimeout(() => this.pending.lose(), 0));
  }

  /** How each request is sent that the server has; `supports` is true for these. */
  protected abstract readonly requests: Readonly<Record<string, Asks>>;
  /** The receipt of a message that the server turns out to have; `undefined` where that cannot be told. */
  protected abstract findSent(payload: Fields, signal: AbortSignal): Promise<object | undefined>;
  /** Takes an event as the server sent it; it tells nothing of a channel that was left. */
  protected abstract take(event: string, payload: Fields): void;

  readonly receive: Receive = (event, payload) => {
    const isOfLeft = isRecord(payload) && this.#left.has(channelIdOf(payload));
    if (!isOfLeft || event === 'messageAck') this.take(event, isRecord(payload) ? payload : {});
  };

  async exchange(request: ExchangeRequest): Promise<Exchange> {
    request.signal.throwIfAborted();
    const { event, args } = request;
    const payload = isRecord(args[0]) ? args[0] : {};
    if (event === 'leave_channel') return this.#leave(payload);
    const asks = Object.hasOwn(this.requests, event) ? this.requests[event] : undefined;
    if (asks) return asks(request, payload);
    const text = `This server has no ${event}. ${this.advise(event)}`;
    throw new ChatError('NOT_SUPPORTED', text);
  }

  /** What to do instead of a request that the server does not have. */
  protected advise(_event: string): string {
    return '`supports` tells what it has.';
  }

  /** Sends an event, and waits until {@link pending} is settled. */
  protected ask(request: ExchangeRequest, payload: Fields, event: string, sent?: object): Promise<Exchange> {
    return this.pending.wait(request, payload, this.#emit(request, event, sent));
  }

  /** Sends an event that nothing answers: that it was sent is taken for an answer with this data. */
  protected async tell(
    request: ExchangeRequest,
    event: string,
    sent: object | undefined,
    data: object,
  ): Promise<Exchange> {
    const isSent = new Promise<Exchange>((resolve) => setTimeout(resolve, 0, answered(data)));
    return Promise.race([this.#emit(request, event, sent), isSent]);
  }

  /** As {@link ask} for a join: what comes of the channel is heard from now on. */
  protected join(request: ExchangeRequest, payload: Fields, event: string, sent: object): Promise<Exchange> {
    this.#left.delete(channelIdOf(payload));
    return this.ask(request, payload, event, sent);
  }

  /** Settles a join by the event that tells of it. */
  protected settleJoin(joined: Fields): void {
    const channelId = channelIdOf(joined);
    const isMeant = ({ event, payload }: PendingRequest) =>
      event === 'join_channel' && channelIdOf(payload) === channelId;
    this.pending.settle(isMeant, answered({ channelId, agentId: joined.agentId }));
  }

  /**
   * Settles a message by its receipt; one that names none is the oldest's. Where it had failed, and was not sent again, the
   * failure is another's.
   */
  protected settleSend(clientMessageId: unknown, receipt: object): void {
    const isMeant = ({ event, payload }: PendingRequest) =>
      event === 'send_message' && (clientMessageId ?? payload.messageId) === payload.messageId;
    const blamed = this.#blamed;
    if (this.pending.settle(isMeant, answered(receipt)) || blamed?.messageId !== clientMessageId) return;
    this.#blamed = undefined;
    if (blamed) this.take('messageError', blamed.failure);
  }

  /** Fails the oldest request that `isCause`, and gives it. That may be wrong: a message is looked for before it is sent again. */
  protected blame(
    failure: Fields,
    isCause: (request: PendingRequest) => boolean,
    error: ChatError,
  ): PendingRequest | undefined {
    const request = this.pending.settle(isCause, failed(error));
    const { messageId } = request?.payload ?? {};
    if (messageId !== undefined) {
      this.#doubts.add(messageId, 'told');
      this.#blamed = { messageId, failure };
    }
    return request;
  }

  /** As {@link ask} for a message, which is named, and never sent again by itself: the server would keep it twice. */
  protected async send(
    request: ExchangeRequest,
    given: Fields,
    event: string,
    toSent: (payload: Fields) => object,
  ): Promise<Exchange> {
    const payload = { ...given, messageId: given.messageId ?? createUuid() };
    const doubt = this.#doubts.of(payload.messageId);
    const receipt = doubt && (await this.findSent(payload, request.signal).catch(() => undefined));
    request.signal.throwIfAborted();
    if (doubt === 'lost' && !receipt) {
      this.#doubts.add(payload.messageId, 'told');
      throw new ChatError('DISCONNECTED', UNKNOWN_FATE);
    }
    this.#doubts.clear(payload.messageId);
    if (receipt) return answered(receipt);
    return this.ask(request, payload, event, toSent(payload));
  }

  /** Greets the client for the server, which does not say what it can do. */
  protected greet(greeting: object): void {
    this.link.receive('connection_established', { ...greeting, capabilities: Object.keys(this.requests) });
    this.#greeted();
  }

  #emit(request: ExchangeRequest, event: string, sent: object | undefined): Promise<Exchange> {
    return this.link.exchange({ ...request, event, args: sent ? [sent] : [] });
  }

  /** No server of these has a way to leave: what comes of the channel is dropped, and it is not joined again. */
  #leave(payload: Fields): Exchange {
    this.#left.add(channelIdOf(payload));
    return answered({ channelId: payload.channelId });
  }
}
