import type { WirepactError } from '@wirepact/contract';
import type { ChatProtocol, RequestPayload, RequestReply } from '../chat-contract';
import { EventHub, type IncomingEvent } from '../event-hub';
import { createObservable, type Observable } from '../observable';
import type { Request } from '../request';
import { createUuid } from '../uuid';
import type { ChannelState, SendOptions, SentMessage } from './channel';

/** The payload a channel is joined with, now and after every reconnect. */
export type JoinPayload = RequestPayload<ChatProtocol, 'join_channel'> & {
  channelId: string;
  serverId: string;
};

/** Who sends the messages of this client. */
export interface Sender {
  readonly entityId: string;
  readonly entityName: string | undefined;
}

/** This client's membership of one channel; what an application sees of it is `Channel`. */
export class ChannelMember {
  private readonly current = createObservable<ChannelState>({ status: 'rejoining' });
  private readonly hub = new EventHub();
  private held: IncomingEvent[] | undefined = [];

  readonly id: string;
  readonly state: Observable<ChannelState> = this.current;
  agentId: string | undefined;

  constructor(
    /** What this channel is joined with. */
    public join: JoinPayload,
    private readonly request: Request<ChatProtocol>,
    private readonly sender: Sender,
  ) {
    this.id = join.channelId;
    this.agentId = join.agentId;
  }

  readonly on = (event: string, listener: (payload: never) => void): (() => void) =>
    this.hub.on(event, listener);

  readonly off = (event: string, listener: (payload: never) => void): void => this.hub.off(event, listener);

  readonly send = (text: string, options: SendOptions = {}): Promise<SentMessage> => {
    const { signal, timeoutMs, messageId = createUuid(), ...rest } = options;
    const { channelId, serverId } = this.join;
    const message = { channelId, serverId, text, ...this.sender, messageId, ...rest };
    return this.request('send_message', message, { signal, timeoutMs });
  };

  /** Passes an event of this channel on to its listeners. */
  deliver(incoming: IncomingEvent): void {
    if (incoming.event === 'channelDeleted') this.setState({ status: 'deleted' });
    if (this.held) this.held.push(incoming);
    else this.hub.emit(incoming);
  }

  /** Notes that the server has let this client in. */
  admit(reply: RequestReply<ChatProtocol, 'join_channel'>): void {
    this.agentId = reply.agentId ?? this.join.agentId;
    this.setState({ status: 'joined' });
    // Whoever awaits the join gets this object after some microtasks, and events that arrived with the
    // answer would come before its listeners do: they wait for the next turn.
    if (this.held) setTimeout(() => this.release(), 0);
  }

  /** Notes that the connection is gone. */
  suspend(): void {
    if (this.current.get().status === 'joined') this.setState({ status: 'rejoining' });
  }

  /** Notes that joining again failed. */
  fail(error: WirepactError, willRetry: boolean): void {
    this.setState({ status: willRetry ? 'rejoining' : 'failed', error });
  }

  private release(): void {
    const { held = [] } = this;
    this.held = undefined;
    for (const incoming of held) this.hub.emit(incoming);
  }

  private setState(state: ChannelState): void {
    this.current.set(state);
  }
}
