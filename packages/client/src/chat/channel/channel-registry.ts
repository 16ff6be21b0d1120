import { roomOf } from '@wirepact/contract/runtime';
import { checkOptions } from '../../runtime/base/check-options';
import { type ClientError, closedError, invalidOptions } from '../../runtime/base/client-errors';
import type { IncomingEvent } from '../../runtime/base/event-hub';
import { SharedTask } from '../../runtime/base/shared-task';
import { Memberships } from '../../runtime/channel/memberships';
import type { ContractCheck } from '../../runtime/request/contract-check';
import { REQUEST_OPTIONS } from '../../runtime/request/request';
import type { JoinOptions } from './channel';
import { CHANNEL, ChannelMember, type JoinPayload, type MemberContext } from './channel-member';
import type { SendingContext } from './channel-outbox';

/** What a {@link ChannelRegistry} needs. */
export interface ChannelRegistryOptions extends SendingContext {
  readonly check: ContractCheck;
  /** Server of a join that names none. */
  readonly serverId: string;
  /** Messages that a view keeps. */
  readonly maxViewMessages: number;
}

/** Messages that a page of history has at most. */
const MAX_PAGE = 200;

/** Channels are the same in upper and lower case; here, as at the server, their ids are written in lower case. */
const toKey = (channelId: string) => channelId.toLowerCase();

/** The channel that a payload names, if any. */
function channelIdOf(payload: unknown): string | undefined {
  const { channelId, roomId }: { channelId?: unknown; roomId?: unknown } = Object(payload);
  const id = channelId ?? roomId;
  return typeof id === 'string' ? id : undefined;
}

/** The channels this client is in, or is about to be in. */
export class ChannelRegistry {
  readonly #members: Memberships<ChannelMember>;
  readonly #joins = new Map<string, { member: ChannelMember; task: SharedTask<ChannelMember> }>();
  readonly #context: MemberContext;

  readonly #options: ChannelRegistryOptions;

  constructor(options: ChannelRegistryOptions) {
    this.#options = options;
    this.#context = {
      ...options,
      onGap: (member) => void this.#members.rejoin(member),
      leave: (member, tell) => this.#members.leave(member.id, member, tell),
    };
    this.#members = new Memberships(options.connection);
  }

  /** Joins a channel, or waits for the join that is under way, or gives the member that is there. */
  async join(channelId: string, options: JoinOptions): Promise<ChannelMember> {
    if (this.#options.connection.closed) throw closedError();
    if (typeof channelId !== 'string')
      throw invalidOptions(`join: the id of a channel must be a UUID, but got ${typeof channelId}.`);
    checkOptions<JoinOptions>('join', options, {
      ...REQUEST_OPTIONS,
      agentId: 'string',
      serverId: 'string',
      metadata: 'object',
      history: 'whole number',
    });
    if ((options.history ?? 0) > MAX_PAGE)
      throw invalidOptions(`join: "history" must be at most ${MAX_PAGE}, but got ${options.history}.`);
    const payload = this.#toPayload(channelId, options);
    const refusal = this.#options.requester.refusal('join_channel', payload);
    if (refusal) throw await refusal;
    const key = payload.channelId;
    const member = this.#members.get(key);
    const status = member?.state.get().status;
    const isIn = status === 'joined' || status === 'rejoining';
    if (member && isIn && !this.#joins.has(key)) return member;
    const { signal, timeoutMs } = options;
    return this.#options.requester.withinTime('join_channel', { signal, timeoutMs }, (deadline) => {
      const pending = this.#joins.get(key);
      const isUsable = pending && !pending.task.abandoned;
      const { task } = isUsable ? pending : this.#startJoin(payload, options);
      return task.wait(deadline);
    });
  }

  /** Rejects what waits to be sent with `reason`. */
  close(reason: ClientError): void {
    for (const member of this.#members.values()) member.close(reason);
    for (const { member } of this.#joins.values()) member.close(reason);
  }

  /** Passes an event to the channel it belongs to. */
  deliver(incoming: IncomingEvent): void {
    const channelId = this.#channelIdOf(incoming);
    if (channelId === undefined) return;
    const key = toKey(channelId);
    const member = this.#members.get(key) ?? this.#joins.get(key)?.member;
    member?.deliver(incoming);
  }

  /** The channel an event belongs to: as its contract declares it, else what its payload names, if anything. */
  #channelIdOf({ event, payload }: IncomingEvent): string | undefined {
    const definition = this.#options.check.incomingEvent(event);
    const room = definition && roomOf(definition, payload);
    if (room?.name === CHANNEL) return room.id;
    // What is kept by a room of another kind is none of a channel's, whatever it names besides.
    return definition?.durable ? undefined : channelIdOf(payload);
  }

  #startJoin(payload: JoinPayload, { history = 0 }: JoinOptions) {
    const key = payload.channelId;
    const known = this.#members.get(key);
    const member = known ?? new ChannelMember(payload, this.#context);
    const task = new SharedTask(async (signal) => {
      try {
        // The callers' own time limits end the wait: the last of them to leave aborts `signal`.
        await member.join(payload, signal);
        if (member.state.get().status === 'left') throw member.leftError();
        this.#members.set(key, member);
        if (!known) await member.restoreSends();
        if (!known && history > 0) member.loadOlder(history).catch(() => {});
        return member;
      } finally {
        if (this.#joins.get(key) === join) this.#joins.delete(key);
      }
    });
    const join = { member, task };
    this.#joins.set(key, join);
    return join;
  }

  #toPayload(channelId: string, { agentId, metadata, serverId }: JoinOptions): JoinPayload {
    return {
      channelId: toKey(channelId),
      serverId: serverId ?? this.#options.serverId,
      agentId,
      metadata,
    };
  }
}
