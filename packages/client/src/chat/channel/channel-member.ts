import type { ChannelUpdates } from '@wirepact/protocol';
import { checkOptions } from '../../runtime/check-options';
import { createClientError } from '../../runtime/client-errors';
import type { ContractCheck } from '../../runtime/contract-check';
import type { EventPayload, RequestPayload } from '../../runtime/contract-events';
import { EventHub, type IncomingEvent } from '../../runtime/event-hub';
import { createObservable, type Observable } from '../../runtime/observable';
import { CALL_OPTIONS, REQUEST_OPTIONS, type Request, type RequestOptions } from '../../runtime/request';
import type { ChatProtocol } from '../chat-contract';
import { type ChatError, toChatError } from '../chat-error';
import type { SendOptions, SentMessage } from './channel';
import { ChannelEntrance, type EntranceOptions, type JoinReply } from './channel-entrance';
import { checkChannelEvent } from './channel-events';
import { ChannelHistory } from './channel-history';
import { ChannelOutbox, type SendingContext } from './channel-outbox';
import { isApplied } from './channel-reducer';
import type { ChannelState } from './channel-state';
import { ChannelStore } from './channel-store';
import type { ChannelView } from './channel-view';
import { type DurableEvent, toDurableEvent, toPosition } from './durable-event';
import { EventSequencer } from './event-sequencer';

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

/** Where this client stands outside of a channel, and no reconnect changes that. */
const OUT: ReadonlySet<ChannelState['status']> = new Set(['removed', 'deleted', 'left', 'closed']);

const DEFAULT_PAGE_LIMIT = 50;

/** What is asked of a channel that was left fails with this. */
export const leftError = (channelId: string): ChatError =>
  createClientError('CHANNEL_LEFT', `This client has left channel ${channelId}.`);

/** This client's membership of one channel; what an application sees of it is `Channel`. */
export class ChannelMember {
  private readonly current = createObservable<ChannelState>({ status: 'rejoining' });
  private readonly hub = new EventHub();
  private held: IncomingEvent[] | undefined = [];
  private readonly store: ChannelStore;
  private readonly sequencer: EventSequencer;
  private readonly history: ChannelHistory;
  private readonly outbox: ChannelOutbox;
  private readonly request: Request<ChatProtocol>;
  private readonly entrance: ChannelEntrance;

  readonly id: string;
  readonly state: Observable<ChannelState> = this.current;
  readonly view: Observable<ChannelView>;
  agentId: string | undefined;

  constructor(
    /** What this channel is joined with. */
    public join: JoinPayload,
    private readonly context: MemberContext,
  ) {
    this.id = join.channelId;
    this.agentId = join.agentId;
    this.request = context.requester.typed<ChatProtocol>(CALL_OPTIONS);
    this.store = new ChannelStore(context.maxViewMessages);
    this.view = this.store.view;
    const { requester, sender } = context;
    this.history = new ChannelHistory({
      ...{ channelId: this.id, sender, requester, store: this.store },
      onOwn: (clientMessageId) => this.outbox.confirm(clientMessageId),
    });
    this.outbox = new ChannelOutbox(join, context, this.store);
    this.sequencer = new EventSequencer({
      position: () => this.store.model.position,
      apply: (event) => this.apply(event),
      onGap: () => context.onGap(this),
    });
    const { store, sequencer, history } = this;
    this.entrance = new ChannelEntrance({
      ...{ store, sequencer, history },
      onEntered: (reply) => this.admit(reply),
    });
  }

  readonly on = (event: string, listener: (payload: never) => void): (() => void) => {
    this.context.check.listening(event, listener);
    checkChannelEvent(event);
    return this.hub.on(event, listener);
  };

  readonly off = (event: string, listener: (payload: never) => void): void => this.hub.off(event, listener);

  readonly send = (text: string, options: SendOptions = {}): Promise<SentMessage> =>
    this.outbox.send(text, options);

  readonly retry = (
    clientMessageId: string,
    options: Pick<SendOptions, 'signal' | 'timeoutMs'> = {},
  ): Promise<SentMessage> => this.outbox.retry(clientMessageId, options);

  readonly discard = (clientMessageId: string): boolean => this.outbox.discard(clientMessageId);

  readonly loadOlder = (limit: number = DEFAULT_PAGE_LIMIT, options: RequestOptions = {}): Promise<void> =>
    this.history.loadOlder(limit, options);

  readonly deleteMessage = async (messageId: string, options?: RequestOptions): Promise<void> => {
    await this.request('delete_message', { channelId: this.id, messageId }, options);
  };

  readonly clear = async (options?: RequestOptions): Promise<void> => {
    await this.request('clear_channel', { channelId: this.id }, options);
  };

  readonly update = async (updates: ChannelUpdates, options?: RequestOptions): Promise<void> => {
    await this.request('update_channel', { channelId: this.id, updates }, options);
  };

  readonly delete = async (options?: RequestOptions): Promise<void> => {
    await this.request('delete_channel', { channelId: this.id }, options);
  };

  readonly leave = async (options?: RequestOptions): Promise<void> => {
    checkOptions('leave', options, REQUEST_OPTIONS);
    this.outbox.abandon(leftError(this.id));
    this.setState({ status: 'left' });
    this.sequencer.pause();
    return this.context.leave(this, options);
  };

  /** Puts the messages that earlier pages left behind into the outbox. */
  restoreSends(): Promise<void> {
    return this.outbox.restore();
  }

  /** Passes an event of this channel on: to its listeners, and where it is a durable one to the view. */
  deliver(incoming: IncomingEvent): void {
    const event = toDurableEvent(incoming);
    if (incoming.event === 'channel_left') this.remove(incoming);
    if (!event) this.emit(incoming);
    else if (this.isEnd(event)) this.apply(event);
    else this.sequencer.accept(event);
  }

  /** Enters the channel, for the first time or again. */
  enter(options: EntranceOptions): Promise<void> {
    return this.entrance.enter(options);
  }

  /** Notes that the connection is gone. */
  suspend(): void {
    if (this.current.get().status === 'joined') this.setState({ status: 'rejoining' });
  }

  /** Notes that joining again failed. */
  fail(error: ChatError, willRetry: boolean): void {
    if (this.current.get().status !== 'deleted')
      this.setState({ status: willRetry ? 'rejoining' : 'failed', error });
  }

  /** Ends the channel with its client; what waits to be sent is rejected. */
  close(error: ChatError): void {
    this.outbox.close(error);
    this.setState({ status: 'closed', error });
  }

  /** Whether this client is out of the channel until it joins anew. */
  get isOut(): boolean {
    return OUT.has(this.current.get().status);
  }

  /** Notes that the server has let this client in. */
  private admit(reply: JoinReply): void {
    this.agentId = reply.agentId ?? this.join.agentId;
    this.setState({ status: 'joined' });
    // Whoever awaits the join gets this object after some microtasks, and events that arrived with the
    // answer would come before its listeners do: they wait for the next turn.
    if (this.held) setTimeout(() => this.release(), 0);
  }

  /** The end of the channel needs nothing before it, and what is missing cannot be had any more. */
  private isEnd({ event, payload }: DurableEvent): boolean {
    const { position } = this.store.model;
    return event === 'channelDeleted' && position !== undefined && payload.epoch === position.epoch;
  }

  private apply(event: DurableEvent): void {
    if (isApplied(this.store.model, toPosition(event.payload))) return;
    this.store.dispatch({ type: 'event', event });
    if (event.event === 'channelDeleted') this.setState({ status: 'deleted' });
    if (event.event === 'messageBroadcast' && event.payload.clientMessageId !== undefined) {
      this.context.sender.knownName = event.payload.senderName;
      this.outbox.confirm(event.payload.clientMessageId);
    }
    this.emit(event);
  }

  private emit(incoming: IncomingEvent): void {
    if (this.held) this.held.push(incoming);
    else this.hub.emit(incoming);
  }

  private release(): void {
    const { held = [] } = this;
    this.held = undefined;
    for (const incoming of held) this.hub.emit(incoming);
  }

  /** Notes that the server has taken this client out. */
  private remove({ payload }: IncomingEvent): void {
    // What comes in was checked against the schema of the event it is named after.
    const { reason, message } = payload as EventPayload<ChatProtocol, 'channel_left'>;
    this.sequencer.pause();
    this.setState({ status: 'removed', error: toChatError(reason, message) });
  }

  private setState(state: ChannelState): void {
    const { status } = this.current.get();
    if (status === 'left' || status === 'closed') return;
    this.current.set(state);
    this.store.dispatch({ type: 'status', status: state.status });
  }
}
