import type { ChannelUpdates } from '@wirepact/protocol';
import { checkOptions } from '../../runtime/base/check-options';
import { createClientError } from '../../runtime/base/client-errors';
import { EventHub, type IncomingEvent } from '../../runtime/base/event-hub';
import type { Observable } from '../../runtime/base/observable';
import { ChannelDriver, type EntranceOptions } from '../../runtime/channel/channel-driver';
import {
  isBehind,
  type JournalEvent,
  type Position,
  toPosition,
} from '../../runtime/channel/channel-machine';
import { isOut } from '../../runtime/channel/channel-state';
import type { Member } from '../../runtime/channel/memberships';
import { type LazyPresence, openPresence } from '../../runtime/presence/lazy-presence';
import type { Presence } from '../../runtime/presence/presence';
import type { ContractCheck } from '../../runtime/request/contract-check';
import type { EventPayload, RequestPayload, RequestReply } from '../../runtime/request/contract-events';
import {
  CALL_OPTIONS,
  REQUEST_OPTIONS,
  type Request,
  type RequestOptions,
} from '../../runtime/request/request';
import type { ChatProtocol } from '../chat-contract';
import { type ChatError, toChatError } from '../chat-error';
import { isAhead } from './answer-streams';
import type { SendOptions, SentMessage } from './channel';
import { checkChannelEvent } from './channel';
import { ChannelHistory } from './channel-history';
import { actingAs, ChannelOutbox, type SendingContext } from './channel-outbox';
import type { ChannelState } from './channel-state';
import { ChannelStore } from './channel-store';
import type { ChannelView } from './channel-view';
import { type DurableEvent, toDurableEvent } from './durable-event';
import { type Place, toStreamEvent } from './stream-event';

/** The payload a channel is joined with, now and after every reconnect. */
export type JoinPayload = RequestPayload<ChatProtocol, 'join_channel'> & {
  channelId: string;
  serverId: string;
};

/** What a {@link ChannelMember} needs. */
export interface MemberContext extends SendingContext {
  readonly check: ContractCheck;
  /** Messages that a view keeps. */
  readonly maxViewMessages: number;
  /** Is told that events are missing: the channel has to be entered again. */
  readonly onGap: (member: ChannelMember) => void;
  /** Forgets the member, and tells the server where that is possible. */
  readonly leave: (member: ChannelMember, options: RequestOptions | undefined) => Promise<void>;
}

/** What the chat calls the events of presence. */
const PRESENCE = {
  watchPresence: 'watch_presence',
  updatePresence: 'update_presence',
  presenceChanged: 'presence_changed',
};

const DEFAULT_PAGE_LIMIT = 50;
/** Messages loaded where what was missed cannot be told. */
const RELOAD_LIMIT = 50;

/** What the server answers to a join. */
export type JoinReply = RequestReply<ChatProtocol, 'join_channel'>;

/** What is asked of a channel that was left fails with this. */
export const leftError = (channelId: string): ChatError =>
  createClientError('CHANNEL_LEFT', `This client has left channel ${channelId}.`);

/** This client's membership of one channel; what an application sees of it is `Channel`. */
export class ChannelMember implements Member {
  readonly #hub = new EventHub();
  #held: IncomingEvent[] | undefined = [];
  readonly #driver: ChannelDriver<JoinReply, ChannelState>;
  readonly #store: ChannelStore;
  readonly #history: ChannelHistory;
  readonly #outbox: ChannelOutbox;
  readonly #request: Request<ChatProtocol>;
  /** The answer whose missing text was asked for last. */
  #asked: string | undefined;

  #presence: LazyPresence | undefined;
  #shown: Presence<never> | undefined;

  readonly id: string;
  readonly state: Observable<ChannelState>;
  readonly view: Observable<ChannelView>;
  agentId: string | undefined;

  readonly #context: MemberContext;

  constructor(
    /** What this channel is joined with. */
    public join: JoinPayload,
    context: MemberContext,
  ) {
    this.#context = context;
    const { requester, sender, maxViewMessages } = context;
    this.id = join.channelId;
    this.agentId = join.agentId;
    this.#request = requester.typed<ChatProtocol>(CALL_OPTIONS);
    this.#driver = new ChannelDriver<JoinReply, ChannelState>(
      { status: 'rejoining' },
      {
        position: () => this.#store.model.position,
        apply: (event) => this.#apply(event),
        replace: (at, signal) => this.#replace(at, signal),
        enter: (reply, at) => this.#admit(reply, at),
        onGap: () => context.onGap(this),
        batch: (work) => this.#store.batch(work),
      },
    );
    this.state = this.#driver.state;
    this.#store = new ChannelStore(maxViewMessages, this.state);
    this.view = this.#store.view;
    this.#history = new ChannelHistory({
      ...{ channelId: this.id, sender, requester, store: this.#store },
      onOwn: (clientMessageId) => this.#outbox.confirm(clientMessageId),
    });
    this.#outbox = new ChannelOutbox(join, context, this.#store);
  }

  readonly on = (event: string, listener: (payload: never) => void): (() => void) => {
    this.#context.check.listening(event, listener);
    checkChannelEvent(event);
    return this.#hub.on(event, listener);
  };

  readonly off = (event: string, listener: (payload: never) => void): void => this.#hub.off(event, listener);

  readonly send = (text: string, options: SendOptions = {}): Promise<SentMessage> =>
    this.#outbox.send(text, options);

  readonly retry = (
    clientMessageId: string,
    options: Pick<SendOptions, 'signal' | 'timeoutMs'> = {},
  ): Promise<SentMessage> => this.#outbox.retry(clientMessageId, options);

  readonly discard = (clientMessageId: string): boolean => this.#outbox.discard(clientMessageId);

  /** Made when it is first asked for; what comes was checked against what the contract says that members do. */
  get presence(): Presence<never> {
    this.#presence ??= this.#openPresence();
    this.#shown ??= this.#presence.of(this) as Presence<never>;
    return this.#shown;
  }

  readonly loadOlder = (limit: number = DEFAULT_PAGE_LIMIT, options: RequestOptions = {}): Promise<void> =>
    this.#history.loadOlder(limit, options);

  readonly deleteMessage = async (messageId: string, options?: RequestOptions): Promise<void> => {
    await this.#request('delete_message', { channelId: this.id, messageId }, options);
  };

  readonly clear = async (options?: RequestOptions): Promise<void> => {
    await this.#request('clear_channel', { channelId: this.id }, options);
  };

  readonly update = async (updates: ChannelUpdates, options?: RequestOptions): Promise<void> => {
    await this.#request('update_channel', { channelId: this.id, updates }, options);
  };

  readonly delete = async (options?: RequestOptions): Promise<void> => {
    await this.#request('delete_channel', { channelId: this.id }, options);
  };

  readonly cancel = async (messageId: string, options?: RequestOptions): Promise<boolean> => {
    const reply = await this.#request('cancel_response', { channelId: this.id, messageId }, options);
    return reply.cancelled;
  };

  readonly leave = async (options?: RequestOptions): Promise<void> => {
    checkOptions('leave', options, REQUEST_OPTIONS);
    this.#outbox.abandon(leftError(this.id));
    this.#driver.setState({ status: 'left' }, false);
    return this.#context.leave(this, options);
  };

  /** Puts the messages that earlier pages left behind into the outbox. */
  restoreSends(): Promise<void> {
    return this.#outbox.restore();
  }

  /** Passes an event of this channel on: to its listeners, and where it is a durable one to the view. */
  deliver(incoming: IncomingEvent): void {
    const event = toDurableEvent(incoming);
    if (incoming.event === 'channel_left') this.#remove(incoming);
    if (incoming.event === PRESENCE.presenceChanged) this.#presence?.deliver(incoming.payload);
    const isDurable = event || this.#context.check.incomingEvent(incoming.event)?.durable;
    if (!isDurable) this.#stream(incoming);
    else if (event && this.#isEnd(event)) this.#apply(event);
    else this.#driver.deliver({ ...incoming, at: toPosition(Object(incoming.payload)) });
  }

  /** Enters the channel, for the first time or again. */
  enter(options: EntranceOptions<JoinReply>): Promise<void> {
    return this.#driver.enter(options);
  }

  /** Enters the channel after a reconnect, or where events are missing. */
  resume(signal: AbortSignal): Promise<void> {
    const request = this.#context.requester.typed<ChatProtocol>();
    const ask = (resume: Position | undefined) =>
      request(
        'join_channel',
        // The metadata is for a channel that the join creates, and one that resumes creates none.
        {
          ...{ ...this.join, ...actingAs(this.#context.sender) },
          ...(resume && { resume, metadata: undefined }),
        },
        { signal, restoring: true },
      );
    return this.enter({ ask, resumes: true, signal });
  }

  /** Notes that the connection is gone. */
  suspend(): void {
    if (this.state.get().status === 'joined') this.#driver.setState({ status: 'rejoining' });
  }

  /** Notes that joining again failed. */
  fail(error: ChatError, willRetry: boolean): void {
    if (this.state.get().status !== 'deleted')
      this.#driver.setState({ status: willRetry ? 'rejoining' : 'failed', error });
  }

  /** Ends the channel with its client; what waits to be sent is rejected. */
  close(error: ChatError): void {
    this.#outbox.close(error);
    this.#driver.setState({ status: 'closed', error });
  }

  /** Whether this client is out of the channel until it joins anew. */
  get isOut(): boolean {
    return isOut(this.state.get());
  }

  #openPresence(): LazyPresence {
    const { check, requester } = this.#context;
    const { id: channelId, state: channel } = this;
    return openPresence({
      room: 'channel',
      channel,
      check,
      names: PRESENCE,
      ask: (event, payload) => requester.send(event, { channelId, ...payload }, { restoring: true }),
    });
  }

  /** Notes that the server has let this client in. */
  #admit(reply: JoinReply, position: Position | undefined): void {
    const { properties, streams = [] } = reply;
    this.#store.dispatch({ type: 'entered', position, properties });
    this.#store.dispatch({ type: 'streams', streams, place: this.#place });
    this.agentId = reply.agentId ?? this.join.agentId;
    this.#driver.setState({ status: 'joined' });
    // Whoever awaits the join gets this object after some microtasks, and events that arrived with the
    // answer would come before its listeners do: they wait for the next turn.
    if (this.#held) setTimeout(() => this.#release(), 0);
  }

  /** What was missed cannot be told: the newest messages take the place of all that is known. */
  async #replace(position: Position, signal: AbortSignal): Promise<() => void> {
    const page = await this.#history.readNewest(position, RELOAD_LIMIT, signal);
    return () => {
      this.#store.dispatch({ type: 'reset', position, ...page });
      this.#history.noteOwn(page.messages);
    };
  }

  /** The end of the channel needs nothing before it, and what is missing cannot be had any more. */
  #isEnd({ event, payload }: DurableEvent): boolean {
    const { position } = this.#store.model;
    return event === 'channelDeleted' && position !== undefined && payload.epoch === position.epoch;
  }

  #apply(incoming: JournalEvent): void {
    const { event: name, payload } = incoming;
    const event = toDurableEvent(incoming);
    const at = toPosition(Object(payload));
    if (isBehind(at, this.#store.model.position)) return;
    // An extension's own changes nothing but where the channel stands.
    this.#store.dispatch(event ? { type: 'event', event } : { type: 'passed', at });
    if (event?.event === 'channelDeleted') this.#driver.setState({ status: 'deleted' });
    if (event?.event === 'messageBroadcast' && event.payload.clientMessageId !== undefined) {
      this.#context.sender.knownName = event.payload.senderName;
      this.#outbox.confirm(event.payload.clientMessageId);
    }
    this.#emit({ event: name, payload });
  }

  get #place(): Place {
    return { roomId: this.id, serverId: this.join.serverId };
  }

  /** Follows an answer under way, then passes the event on. Where text is missing, it is asked for once an answer. */
  #stream(incoming: IncomingEvent): void {
    const event = toStreamEvent(incoming);
    // What comes before the answer to the join is part of that.
    if (event && this.state.get().status === 'joined') {
      if (event.event === 'messageStreamChunk' && isAhead(this.#store.model, event.payload))
        this.#askFor(event.payload.messageId);
      this.#store.dispatch({ type: 'stream', event, place: this.#place });
    }
    this.#emit(incoming);
  }

  #askFor(messageId: string): void {
    if (this.#asked === messageId) return;
    this.#asked = messageId;
    this.#context.onGap(this);
  }

  #emit(incoming: IncomingEvent): void {
    if (this.#held) this.#held.push(incoming);
    else this.#hub.emit(incoming);
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const incoming of held) this.#hub.emit(incoming);
  }

  /** Notes that the server has taken this client out. */
  #remove({ payload }: IncomingEvent): void {
    // What comes in was checked against the schema of the event it is named after.
    const { reason, message } = payload as EventPayload<ChatProtocol, 'channel_left'>;
    this.#driver.setState({ status: 'removed', error: toChatError(reason, message) }, false);
  }
}
