import type { ChatProtocol } from '../chat-contract';
import type { Connection } from '../connection';
import type { IncomingEvent } from '../event-hub';
import type { DeliveryOptions, Request, Requester } from '../request';
import { restore } from '../restore';
import { SharedTask } from '../shared-task';
import type { JoinOptions } from './channel';
import { ChannelMember, type JoinPayload, type Sender } from './channel-member';

/** What a {@link ChannelRegistry} needs. */
export interface ChannelRegistryOptions {
  readonly connection: Connection;
  readonly requester: Requester;
  readonly sender: Sender;
  /** Server of a join that names none. */
  readonly serverId: string;
}

/** UUIDs are the same in upper and lower case. */
const toKey = (channelId: string) => channelId.toLowerCase();

/** The channel an event belongs to, if any. */
function channelIdOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { channelId, roomId }: { channelId?: unknown; roomId?: unknown } = payload;
  const id = channelId ?? roomId;
  return typeof id === 'string' ? id : undefined;
}

/** The channels this client is in, or is about to be in. */
export class ChannelRegistry {
  private readonly members = new Map<string, ChannelMember>();
  private readonly joins = new Map<string, { member: ChannelMember; task: SharedTask<ChannelMember> }>();
  private readonly request: Request<ChatProtocol, DeliveryOptions>;

  constructor(private readonly options: ChannelRegistryOptions) {
    this.request = options.requester.typed<ChatProtocol>();
    options.connection.onRestore((session) => this.restore(session));
    options.connection.state.subscribe(({ status }) => {
      if (status !== 'connected') for (const member of this.members.values()) member.suspend();
    });
  }

  /** Joins a channel, or waits for the join that is under way, or gives the member that is there. */
  async join(channelId: string, options: JoinOptions): Promise<ChannelMember> {
    const key = toKey(channelId);
    const member = this.members.get(key);
    const status = member?.state.get().status;
    if (member && (status === 'joined' || status === 'rejoining')) return member;
    return this.options.requester.withinTime('join_channel', options, (deadline) => {
      const pending = this.joins.get(key);
      const isUsable = pending && !pending.task.abandoned;
      const { task } = isUsable ? pending : this.startJoin(key, this.toPayload(channelId, options));
      return task.wait(deadline);
    });
  }

  /** Passes an event to the channel it belongs to. */
  deliver(incoming: IncomingEvent): void {
    const channelId = channelIdOf(incoming.payload);
    if (channelId === undefined) return;
    const key = toKey(channelId);
    const member = this.members.get(key) ?? this.joins.get(key)?.member;
    member?.deliver(incoming);
  }

  private startJoin(key: string, payload: JoinPayload) {
    const member = this.members.get(key) ?? new ChannelMember(payload, this.request, this.options.sender);
    member.join = payload;
    const task = new SharedTask(async (signal) => {
      // The callers' own time limits end the wait: the last of them to leave aborts `signal`.
      const options = { signal, timeoutMs: Number.POSITIVE_INFINITY, resend: true };
      try {
        member.admit(await this.request('join_channel', payload, options));
        this.members.set(key, member);
        return member;
      } finally {
        if (this.joins.get(key) === join) this.joins.delete(key);
      }
    });
    const join = { member, task };
    this.joins.set(key, join);
    return join;
  }

  private toPayload(channelId: string, { agentId, metadata, serverId }: JoinOptions): JoinPayload {
    const { sender, serverId: defaultServerId } = this.options;
    return {
      channelId,
      serverId: serverId ?? defaultServerId,
      entityId: sender.entityId,
      ...(agentId !== undefined && { agentId }),
      ...(metadata !== undefined && { metadata }),
    };
  }

  private async restore(session: AbortSignal): Promise<void> {
    const members = [...this.members.values()].filter(({ state }) => state.get().status !== 'deleted');
    await Promise.all(members.map((member) => this.rejoin(member, session)));
  }

  private rejoin(member: ChannelMember, session: AbortSignal): Promise<void> {
    return restore(
      {
        attempt: async (signal) =>
          member.admit(await this.request('join_channel', member.join, { signal, restoring: true })),
        onFailure: (error, willRetry) => member.fail(error, willRetry),
      },
      session,
      this.options.connection.createBackoff(),
    );
  }
}
