import { withDeadline } from '../../runtime/base/deadline';
import type { DialectLink } from '../../runtime/connection/dialect';
import type { Exchange, ExchangeRequest } from '../../runtime/connection/exchange';
import { ChatError } from '../chat-error';
import { ChannelJournal, type Numberable } from './channel-journal';
import type { DoubtfulSends } from './doubtful-sends';
import { toChannelUpdated, toLogEntry, toMessage, toStreamError } from './elizaos-events';
import { readFailure } from './elizaos-failures';
import type { ElizaosHistory } from './elizaos-history';
import { type Asks, answered, channelIdOf, EventSession, failed } from './event-session';
import { HeardAnswers } from './heard-answers';
import type { Fields, PendingRequest } from './pending-requests';

/** Types of the envelope `message`. */
const JOIN = 1;
const SEND = 2;

/** What has a place among what happens in a channel: broadcasts and deletions of messages, and changes and ends of channels. */
const NUMBERED = /^(message[BD]|channel[CDU])/;

/** Events held of a channel at most; where more come, its history is read anew. */
const MAX_HELD = 10_000;

/** Milliseconds that the REST side may take where a join or a message waits for it. */
const LOOK_UP_MS = 5_000;

/** Milliseconds after which a REST side that was never reached is taken for one that is not there. */
const UNREACHED_MS = 3_000;

const lookUp = <Found>(signal: AbortSignal, find: (deadline: AbortSignal) => Promise<Found>) =>
  withDeadline('The history', { timeoutMs: LOOK_UP_MS, signal }, find);

const CHANNEL = '/api/messaging/channels/:channelId';

/** What the REST side has instead of what the server does not have on the socket. */
const ROUTES: Readonly<Record<string, string>> = {
  delete_message: `DELETE ${CHANNEL}/messages/:messageId`,
  clear_channel: `DELETE ${CHANNEL}/messages`,
  update_channel: `PATCH ${CHANNEL}`,
  delete_channel: `DELETE ${CHANNEL}`,
};

/** A join as the server takes it; versions before 1.6.5 know the server as `serverId`. */
const toJoin = ({ resume: _, channelId, roomId = channelId, serverId, ...rest }: Fields) => ({
  type: JOIN,
  payload: { ...rest, channelId: channelId ?? roomId, roomId, serverId, messageServerId: serverId },
});

const toSend = ({ text, entityId, entityName, channelId, serverId, ...rest }: Fields) => ({
  type: SEND,
  payload: {
    ...rest,
    channelId,
    roomId: channelId,
    serverId,
    messageServerId: serverId,
    senderId: entityId,
    senderName: entityName,
    message: text,
  },
});

/** A conversation with a deployed ElizaOS server, by its envelope; tried against 1.7.2. */
export class ElizaosSession extends EventSession {
  readonly #history: ElizaosHistory;
  readonly #journals = new Map<string, ChannelJournal>();
  /** Channels that this connection is in; of others, history may be read all the same. */
  readonly #entered = new Set<string>();
  /** Events of channels that are being joined: they happen after the answer. */
  readonly #held = new Map<string, (() => void)[]>();
  readonly #answers = new HeardAnswers();
  /** Who the server takes this client for. */
  #entityId: string | undefined;
  #lines = 0;

  constructor(link: DialectLink, doubts: DoubtfulSends, history: ElizaosHistory) {
    super(link, doubts);
    this.#history = history;
  }

  protected readonly requests: Readonly<Record<string, Asks>> = {
    join_channel: (request, payload) => this.#join(request, payload),
    send_message: (request, payload) => this.send(request, payload, 'message', toSend),
    list_messages: (request, payload) => this.#list(request, payload),
    subscribe_logs: (request, payload) => this.ask(request, payload, 'subscribe_logs'),
    unsubscribe_logs: (request, payload) => this.ask(request, payload, 'unsubscribe_logs'),
    set_log_filter: (request, payload) => this.#filterLogs(request, payload),
  };

  protected override advise(event: string): string {
    return ROUTES[event] ? `Its REST side has: ${ROUTES[event]}.` : super.advise(event);
  }

  protected async findSent(
    { channelId, messageId }: Fields,
    signal: AbortSignal,
  ): Promise<object | undefined> {
    const found = await lookUp(signal, (deadline) =>
      this.#history.findOwn(String(channelId), messageId, deadline),
    );
    if (!found) return undefined;
    // Its broadcast was missed with its receipt. Where others were told that came after it, only history has its place.
    if (!this.#journals.get(channelIdOf(found))?.knowsFrom(found)) this.#deliver(found);
    return { messageId: found.id, createdAt: found.createdAt };
  }

  protected take(event: string, payload: Fields): void {
    const held = this.#held.get(channelIdOf(payload));
    if (!held || !NUMBERED.test(event)) this.#takeNow(event, payload);
    else if (held.length <= MAX_HELD) held.push(() => this.#takeNow(event, payload));
  }

  #takeNow(event: string, payload: Fields): void {
    if (Object.hasOwn(this.#takers, event)) this.#takers[event]?.(payload);
  }

  readonly #takers: Readonly<Record<string, (payload: Fields) => void>> = {
    authenticated: ({ entityId }) => {
      if (typeof entityId === 'string') this.#entityId = entityId;
    },
    connection_established: ({ message, socketId }) =>
      this.greet({ message, socketId, entityId: this.#entityId }),
    channel_joined: (payload) => {
      this.settleJoin(payload);
      this.link.receive('channel_joined', payload);
    },
    room_joined: (payload) => this.link.receive('room_joined', payload),
    messageBroadcast: (payload) => this.#takeMessage(payload),
    messageAck: (payload) => this.#takeReceipt(payload),
    messageError: (payload) => this.#takeFailure(payload),
    messageDeleted: (payload) => this.#takeNumbered('messageDeleted', payload),
    channelCleared: (payload) => this.#takeNumbered('channelCleared', payload),
    channelDeleted: (payload) => {
      this.#takeNumbered('channelDeleted', payload);
      const channelId = channelIdOf(payload);
      // One that is made anew has a journal of its own, and other answers.
      this.#journals.delete(channelId);
      this.#entered.delete(channelId);
      for (const { messageId } of this.#answers.in(channelId)) this.#answers.end(messageId);
    },
    channelUpdated: (payload) => this.#takeNumbered('channelUpdated', toChannelUpdated(payload)),
    messageComplete: (payload) => this.link.receive('messageComplete', payload),
    messageStreamChunk: (payload) => {
      const chunk = this.#answers.add(payload);
      if (chunk) this.link.receive('messageStreamChunk', chunk);
    },
    messageStreamError: (payload) => {
      this.#answers.end(payload.messageId);
      this.link.receive('messageStreamError', toStreamError(payload));
    },
    log_subscription_confirmed: (payload) => this.#takeConfirmation(payload),
    log_filters_updated: (payload) => this.#takeFilters(payload),
    log_stream: (payload) => {
      const entry = toLogEntry(payload, `${this.#lines}`);
      if (!entry) return;
      this.#lines += 1;
      this.link.receive('log_update', entry);
    },
  };

  /**
   * Joins, and finds out for whoever was in the channel before whether what was missed can be read. What comes meanwhile,
   * even with the answer, happens after it.
   */
  async #join(request: ExchangeRequest, payload: Fields): Promise<Exchange> {
    const channelId = channelIdOf(payload);
    const held: (() => void)[] | undefined = this.#held.has(channelId) ? undefined : [];
    if (held) this.#held.set(channelId, held);
    try {
      const exchange = await this.join(
        request,
        payload,
        'message',
        toJoin({ entityId: this.#entityId, ...payload }),
      );
      const isIn = exchange.status === 'answered' && Object(exchange.answer).ok === true;
      if (!isIn) return exchange;
      if (held) await this.#begin(channelId, payload.resume !== undefined, held, request.signal);
      return this.#admit(channelId, payload);
    } finally {
      if (held) {
        this.#held.delete(channelId);
        for (const take of held) take();
      }
    }
  }

  /** Begins to number a channel, where that is possible for who may have missed something. */
  async #begin(channelId: string, wasIn: boolean, held: unknown[], signal: AbortSignal): Promise<void> {
    const isNew = !this.#entered.has(channelId);
    if (isNew && !wasIn) this.#journalOf(channelId);
    for (let isMissed = isNew && wasIn; isMissed || held.length > MAX_HELD; isMissed = false) {
      if (held.length > MAX_HELD) held.length = 0;
      if (!(await this.#prefetch(channelId, signal))) break;
    }
    this.#entered.add(channelId);
  }

  /** Nothing that was missed is told again: where it stands elsewhere by now, its history takes the place of what was known. */
  #admit(channelId: string, { agentId }: Fields): Exchange {
    return answered({
      channelId,
      agentId,
      ...this.#journals.get(channelId)?.position,
      streams: this.#answers.in(channelId),
    });
  }

  /** Begins to number a channel whose history can be read; of another, what is known stays, and nothing has a number. Answers which. */
  async #prefetch(channelId: string, signal: AbortSignal): Promise<boolean> {
    try {
      await lookUp(signal, (deadline) => this.#history.prefetch(channelId, deadline));
      this.#journals.set(channelId, new ChannelJournal());
      return true;
    } catch (cause) {
      signal.throwIfAborted();
      // Where it can be read a moment later, the join is tried again.
      const { code, retryable } = Object(cause);
      const { reach } = this.#history.access;
      reach.until ??= Date.now() + UNREACHED_MS;
      if (retryable && (Date.now() < reach.until || code === 'STORE_UNAVAILABLE')) throw cause;
      return false;
    }
  }

  async #list(request: ExchangeRequest, { channelId, limit, before, after }: Fields): Promise<Exchange> {
    if (after !== undefined)
      throw new ChatError('NOT_SUPPORTED', 'ElizaOS gives history backwards: ask with `before`.');
    const id = String(channelId).toLowerCase();
    const page = {
      channelId: id,
      ...(limit !== undefined && { limit: Number(limit) }),
      ...(before !== undefined && { before: Number(before) }),
    };
    return answered(await this.#history.page(this.#journalOf(id), page, request.signal));
  }

  async #filterLogs(request: ExchangeRequest, payload: Fields): Promise<Exchange> {
    const { level = 'all', agentId, category } = payload;
    if (agentId !== undefined || category !== undefined)
      throw new ChatError('NOT_SUPPORTED', 'ElizaOS filters its log by `level` alone.');
    return this.ask(request, payload, 'update_log_filters', { level });
  }

  #journalOf(channelId: string): ChannelJournal {
    const journal = this.#journals.get(channelId) ?? new ChannelJournal();
    this.#journals.set(channelId, journal);
    return journal;
  }

  /** Numbered where this client is in the channel. */
  #place(roomId: unknown, message?: Numberable): object {
    return this.#journals.get(String(roomId).toLowerCase())?.next(message) ?? {};
  }

  #takeMessage(payload: Fields): void {
    const message = toMessage(payload);
    this.#answers.end(message.id);
    this.#deliver(message);
  }

  #deliver(message: Numberable & { readonly roomId: unknown }): void {
    this.link.receive('messageBroadcast', { ...message, ...this.#place(message.roomId, message) });
  }

  #takeNumbered(event: string, payload: Fields): void {
    this.link.receive(event, { ...payload, ...this.#place(payload.channelId) });
  }

  #takeReceipt(payload: Fields): void {
    const { clientMessageId, messageId } = payload;
    const receipt = this.#journals.get(channelIdOf(payload))?.receiptOf(messageId);
    this.settleSend(clientMessageId, { createdAt: Date.now(), ...receipt, messageId });
    this.link.receive('messageAck', {
      messageId,
      status: 'success',
      clientMessageId,
    });
  }

  /** The server does not say what failed. */
  #takeFailure(failure: Fields): void {
    const { error, isCause } = readFailure(String(failure.error));
    const request = this.blame(failure, isCause, error);
    const { code, message, retryable } = error;
    this.link.receive('messageError', {
      error: message,
      code,
      retryable,
      event: request?.event,
      clientMessageId: request?.payload.messageId,
    });
  }

  #takeConfirmation(payload: Fields): void {
    const { subscribed } = payload;
    const asked = subscribed === true ? 'subscribe_logs' : 'unsubscribe_logs';
    this.pending.settle(({ event }) => event === asked, answered({ subscribed: subscribed === true }));
    if (subscribed === true) this.link.receive('log_subscription_confirmed', payload);
  }

  #takeFilters({ success }: Fields): void {
    const isMeant = ({ event }: PendingRequest) => event === 'set_log_filter';
    const text = 'The server filters no logs: nobody has subscribed here.';
    const error = new ChatError('INVALID_PAYLOAD', text);
    this.pending.settle(isMeant, success === true ? answered({}) : failed(error));
  }
}
