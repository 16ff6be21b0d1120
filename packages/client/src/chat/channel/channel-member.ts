import type { ChannelUpdates } from '@wirepact/protocol';
import { checkOptions } from '../../runtime/base/check-options';
import { EventHub, type IncomingEvent } from '../../runtime/base/event-hub';
import type { Observable } from '../../runtime/base/observable';
import {
  isBehind,
  type JournalEvent,
  type Position,
  toPosition,
} from '../../runtime/channel/channel-machine';
import { Membership, type MembershipDeps } from '../../runtime/channel/membership';
import type { Outbox } from '../../runtime/outbox/outbox';
import type { Presence } from '../../runtime/presence/presence';
import type { EventPayload, RequestPayload, RequestReply } from '../../runtime/request/contract-events';
import {
  CALL_OPTIONS,
  type DeliveryOptions,
  REQUEST_OPTIONS,
  type Request,
  type RequestOptions,
} from '../../runtime/request/request';
import type { ChatProtocol } from '../chat-contract';
import { enterStreams, followStream, isAhead } from './answer-streams';
import type { SendOptions, SentMessage } from './channel';
import { checkChannelEvent } from './channel';
import { enter, reset, takeEvent } from './channel-changes';
import { type DurableEvent, type Place, toDurableEvent, toStreamEvent } from './channel-events';
import { ChannelHistory } from './channel-history';
import { actingAs, ChannelOutbox, type SendingContext, toSends } from './channel-outbox';
import { ChannelStore } from './channel-store';
import type { ChannelView } from './channel-view';
import type { OutgoingPayload } from './outbox-storage';

/** The payload a channel is joined with, now and after every reconnect. */
export type JoinPayload = RequestPayload<ChatProtocol, 'join_channel'> & {
  channelId: string;
  serverId: string;
};

/** What a {@link ChannelMember} needs. */
export interface MemberContext extends SendingContext, MembershipDeps {
  /** Messages that a view keeps. */
  readonly maxViewMessages: number;
  /** Forgets the member, and has the server told where that is possible. */
  readonly leave: (member: ChannelMember, tell: () => Promise<unknown>) => Promise<void>;
}

/** What the chat calls its kind of room. */
export const CHANNEL = 'channel';

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

/** This client's membership of one channel; what an application sees of it is `Channel`. */
export class ChannelMember extends Membership<JoinReply, 'rejoining'> {
  readonly #hub = new EventHub();
  #held: IncomingEvent[] | undefined = [];
  readonly #store: ChannelStore;
  readonly #history: ChannelHistory;
  protected readonly outbox: Outbox<OutgoingPayload, SentMessage>;
  readonly #own: ChannelOutbox;
  /** What this channel is joined with. */
  #join: JoinPayload;
  readonly #request: Request<ChatProtocol>;
  /** The answer whose missing text was asked for last. */
  #asked: string | undefined;

  #shown: Presence<never> | undefined;

  readonly id: string;
  readonly view: Observable<ChannelView>;
  agentId: string | undefined;

  readonly #context: MemberContext;

  constructor(join: JoinPayload, context: MemberContext) {
    const { channelId, agentId } = join;
    super(
      { kind: CHANNEL, id: channelId, address: { channelId }, names: PRESENCE, first: 'rejoining' },
      context,
    );
    this.#context = context;
    this.#join = join;
    const { requester, sender, maxViewMessages } = context;
    this.id = channelId;
    this.agentId = agentId;
    this.#request = requester.typed<ChatProtocol>(CALL_OPTIONS);
    this.#store = new ChannelStore(maxViewMessages, this.state);
    this.view = this.#store.view;
    this.#history = new ChannelHistory({
      channelId: this.id,
      sender,
      requester,
      store: this.#store,
      onOwn: (clientMessageId) => this.outbox.confirm(clientMessageId),
    });
    this.outbox = this.createOutbox(toSends(context, this.#store));
    this.#own = new ChannelOutbox(join, context, this.outbox);
  }

  readonly on = (event: string, listener: (payload: never) => void): (() => void) => {
    this.#context.check.listening(event, listener);
    checkChannelEvent(event);
    return this.#hub.on(event, listener);
  };

  readonly off = (event: string, listener: (payload: never) => void): void => this.#hub.off(event, listener);

  readonly send = (text: string, options: SendOptions = {}): Promise<SentMessage> =>
    this.#own.send(text, options);

  readonly retry = (
    clientMessageId: string,
    options: Pick<SendOptions, 'signal' | 'timeoutMs'> = {},
  ): Promise<SentMessage> => this.#own.retry(clientMessageId, options);

  readonly discard = (clientMessageId: string): boolean => this.outbox.discard(clientMessageId);

  /** Made when it is first asked for; what comes was checked against what the contract says that members do. */
  get presence(): Presence<never> {
    this.#shown ??= this.presenceOf(this) as Presence<never>;
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
    this.end();
    const tell = () => this.#request('leave_channel', { channelId: this.id }, options);
    return this.#context.leave(this, tell);
  };

  /**
   * Enters the channel as the application asks for it, until the signal ends the wait. It names no place to resume from: who
   * was in the channel before may have to create it again.
   */
  join(payload: JoinPayload, signal: AbortSignal): Promise<void> {
    this.#join = payload;
    const options = { signal, timeoutMs: Number.POSITIVE_INFINITY, resend: true, checked: true };
    return this.enter(() => this.ask(undefined, options), signal);
  }

  /** Puts the messages that earlier pages left behind into the outbox. */
  restoreSends(): Promise<void> {
    return this.#own.restore();
  }

  /** Passes an event of this channel on: to its listeners, and where it is a durable one to the view. */
  override deliver(incoming: IncomingEvent): void {
    const event = toDurableEvent(incoming);
    if (incoming.event === 'channel_left') {
      // What comes in was checked against the schema of the event it is named after.
      const { reason, message } = incoming.payload as EventPayload<ChatProtocol, 'channel_left'>;
      this.remove(reason, message);
    }
    if (incoming.event === PRESENCE.presenceChanged) this.deliverPresence(incoming.payload);
    const isDurable = event !== undefined || this.#context.check.incomingEvent(incoming.event)?.durable;
    if (event && this.#isEnd(event)) this.apply(event);
    else super.deliver(incoming, isDurable === true);
  }

  protected get position(): Position | undefined {
    return this.#store.model.position;
  }

  protected override batch(work: () => void): void {
    this.#store.batch(work);
  }

  protected ask(resume: Position | undefined, options: DeliveryOptions): Promise<JoinReply> {
    const { requester, sender } = this.#context;
    // The metadata is for a channel that the join creates, and one that resumes creates none.
    const resuming = resume && { resume, metadata: undefined };
    const payload = { ...this.#join, ...actingAs(sender), ...resuming };
    return requester.typed<ChatProtocol>()('join_channel', payload, options);
  }

  protected admit(reply: JoinReply, position: Position | undefined): void {
    const { properties, streams = [] } = reply;
    this.#store.change(enter(position, properties));
    this.#store.change(enterStreams(streams, this.#place));
    this.agentId = reply.agentId ?? this.#join.agentId;
    // Whoever awaits the join gets this object after some microtasks, and events that arrived with the
    // answer would come before its listeners do: they wait for the next turn.
    if (this.#held) setTimeout(() => this.#release(), 0);
  }

  /** What was missed cannot be told: the newest messages take the place of all that is known. */
  protected async replace(position: Position, signal: AbortSignal): Promise<() => void> {
    const page = await this.#history.readNewest(position, RELOAD_LIMIT, signal);
    return () => {
      this.#store.change(reset(position, page));
      this.#history.noteOwn(page.messages);
    };
  }

  /** The end of the channel needs nothing before it, and what is missing cannot be had any more. */
  #isEnd({ event, payload }: DurableEvent): boolean {
    const { position } = this;
    return event === 'channelDeleted' && position !== undefined && payload.epoch === position.epoch;
  }

  protected apply(incoming: JournalEvent): void {
    const { event: name, payload } = incoming;
    const event = toDurableEvent(incoming);
    const at = toPosition(Object(payload));
    if (isBehind(at, this.position)) return;
    this.#store.change(takeEvent(incoming));
    if (event?.event === 'channelDeleted') this.setState({ status: 'deleted' });
    if (event?.event === 'messageBroadcast' && event.payload.clientMessageId !== undefined) {
      this.#context.sender.knownName = event.payload.senderName;
      this.outbox.confirm(event.payload.clientMessageId);
    }
    this.#tell({ event: name, payload });
  }

  get #place(): Place {
    return { roomId: this.id, serverId: this.#join.serverId };
  }

  /** Follows an answer under way, then passes the event on. Where text is missing, it is asked for once an answer. */
  protected emit(incoming: IncomingEvent): void {
    const event = toStreamEvent(incoming);
    // What comes before the answer to the join is part of that.
    if (event && this.state.get().status === 'joined') {
      if (event.event === 'messageStreamChunk' && isAhead(this.#store.model, event.payload))
        this.#askFor(event.payload.messageId);
      this.#store.change(followStream(event, this.#place));
    }
    this.#tell(incoming);
  }

  #askFor(messageId: string): void {
    if (this.#asked === messageId) return;
    this.#asked = messageId;
    this.#context.onGap(this);
  }

  #tell(incoming: IncomingEvent): void {
    if (this.#held) this.#held.push(incoming);
    else this.#hub.emit(incoming);
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const incoming of held) this.#hub.emit(incoming);
  }
}
