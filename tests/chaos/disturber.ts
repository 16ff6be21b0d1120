import type { Position } from '@wirepact/protocol';
import type { Change } from './change';
import { codeOf, type ManagementEvent } from './chaos-client';
import type { Disturbance, Step } from './disturbance';
import type { RunLog } from './run-log';
import type { ServerProcess } from './server-process';
import type { Member, Workload } from './workload';

/** How long a peer stalls at most, while nobody makes progress. */
const MAX_STALL_MS = 1_500;
const MAX_LOSS_MS = 500;
const MAX_ABSENCE_MS = 60_000;
/** Within what Engine.IO waits for the answer to a ping. */
const MAX_SLOW_MS = 20_000;
/** Chunks that disappear before a connection ends: enough for a receipt to be among them. */
const LOST_CHUNKS = 4;

/** What a {@link Disturber} needs. */
export interface DisturberSettings {
  readonly change: Change;
  readonly log: RunLog;
  readonly members: readonly Member[];
  readonly channelIds: readonly string[];
  readonly server: ServerProcess;
  readonly workload: Workload;
  /** How long a client is kept away at most. */
  readonly outageMs: number;
}

type ChannelStep = Extract<Disturbance, { channel: number }>;
type ConnectionStep = Exclude<Extract<Disturbance, { client: number }>, ChannelStep>;
type LastingStep = Extract<Disturbance, { forSends: number }>;

const isPosition = (reply: unknown): reply is Position =>
  typeof reply === 'object' && reply !== null && 'epoch' in reply && 'seq' in reply;

/** Does to a run what its schedule says. */
export class Disturber {
  private kills = 0;
  private reloads = 0;
  private disturbances = 0;
  private updates = 0;
  /** Clients that are away, or read nothing, for long: nothing else happens to their connections. */
  private readonly apart = new Set<number>();

  constructor(private readonly settings: DisturberSettings) {}

  get counts(): { kills: number; reloads: number; disturbances: number } {
    return { kills: this.kills, reloads: this.reloads, disturbances: this.disturbances };
  }

  /** Takes every step at its moment, and then lets all proxies work again. */
  async play(steps: readonly Step[], patienceMs: number): Promise<void> {
    const { change, log, members, workload } = this.settings;
    for (const step of steps) {
      if (!(await change.until(() => workload.started >= step.at, patienceMs))) {
        log.note('schedule', `stopped: ${workload.started} sends started, ${step.at} awaited`);
        break;
      }
      log.note('schedule', JSON.stringify(step));
      this.disturbances += 1;
      await this.take(step);
    }
    this.apart.clear();
    for (const { proxy } of members) proxy.heal();
    log.note('schedule', 'is over');
  }

  private take(step: Step): Promise<void> | void {
    switch (step.kind) {
      case 'kill':
        return this.kill();
      case 'delete':
      case 'clear':
      case 'update':
        return this.manage(step);
      case 'deleteChannel':
        return this.deleteChannel(step);
      default:
        if (!this.apart.has(step.client)) return this.disconnect(step);
    }
  }

  /** Something that happens to the connection of one client. */
  private disconnect(step: ConnectionStep): Promise<void> | void {
    const { proxy } = this.memberOf(step);
    switch (step.kind) {
      case 'cut':
        return proxy.cut();
      case 'cutInPacket':
        return proxy.cutInPacket(step.direction);
      case 'cutUpgrade':
        proxy.cut();
        return proxy.cutUpgrade(step.answers);
      case 'loseAcknowledgements':
        return this.loseAcknowledgements(step);
      case 'reload':
        return this.reload(step);
      case 'outage':
        proxy.refuse();
        return this.healLater(step, this.settings.outageMs);
      case 'stall':
        proxy.stall(step.directions);
        return this.healLater(step, MAX_STALL_MS);
      case 'absence':
        proxy.refuse();
        return this.setApart(step, MAX_ABSENCE_MS);
      case 'slow':
        return this.slowDown(step);
    }
  }

  private async kill(): Promise<void> {
    const { server, log } = this.settings;
    await server.kill();
    this.kills += 1;
    log.note('server', 'was killed');
    await server.start();
    log.note('server', 'is back');
  }

  /** Bytes for the client disappear until some have, then the connection ends. */
  private loseAcknowledgements(step: ConnectionStep): void {
    const { proxy } = this.memberOf(step);
    const { change, workload } = this.settings;
    const before = proxy.dropped;
    proxy.drop('toClient');
    workload.aside(
      change.until(() => proxy.dropped >= before + LOST_CHUNKS, MAX_LOSS_MS).then(() => this.heal(step)),
    );
  }

  /** Between two turns of its event loop, as a page goes: what it has begun to store is stored. */
  private async reload(step: ConnectionStep): Promise<void> {
    const { client, proxy } = this.memberOf(step);
    await new Promise(setImmediate);
    client.reload?.(() => proxy.cut());
    this.reloads += 1;
  }

  /** The proxy works again after so many sends more. */
  private healLater(step: LastingStep, withinMs: number): void {
    const { change, workload } = this.settings;
    const end = workload.started + step.forSends;
    workload.aside(change.until(() => workload.started >= end, withinMs).then(() => this.heal(step)));
  }

  /** As {@link healLater}, and until then nothing else happens to this connection. */
  private setApart(step: LastingStep, withinMs: number): void {
    const { change, workload, log } = this.settings;
    const end = workload.started + step.forSends;
    this.apart.add(step.client);
    const isOver = () => workload.started >= end || !this.apart.has(step.client);
    workload.aside(
      change.until(isOver, withinMs).then(() => {
        log.note('schedule', `c${step.client} is not apart any more`);
        this.apart.delete(step.client);
        this.heal(step);
      }),
    );
  }

  /** Who is away cannot be slow: it is let in first. */
  private async slowDown(step: LastingStep): Promise<void> {
    const { client, proxy } = this.memberOf(step);
    this.setApart(step, MAX_SLOW_MS);
    proxy.heal();
    await this.settings.change.until(() => client.isReady(), MAX_SLOW_MS);
    if (this.apart.has(step.client)) proxy.stall(['toClient']);
  }

  private heal(step: { readonly client: number }): void {
    if (!this.apart.has(step.client)) this.memberOf(step).proxy.heal();
  }

  private manage({ kind, client, channel }: ChannelStep): void {
    const member = this.memberOf({ client });
    const channelId = this.settings.channelIds[channel] ?? '';
    if (kind === 'clear') this.request(member, 'clear_channel', { channelId });
    else if (kind === 'update') {
      this.updates += 1;
      const updates = { [`update${this.updates}`]: this.updates };
      this.request(member, 'update_channel', { channelId, updates });
    } else {
      const messageId = member.client.view(channelId).messages.at(-1)?.id;
      if (messageId !== undefined) this.request(member, 'delete_message', { channelId, messageId });
    }
  }

  private deleteChannel({ client, channel }: ChannelStep): void {
    const { log, workload, channelIds } = this.settings;
    const member = this.memberOf({ client });
    const channelId = channelIds[channel] ?? '';
    const deletion = log.startDeletion(member.name, channelId);
    workload.aside(
      member.client.manage('delete_channel', { channelId }).then(
        (reply) => {
          if (isPosition(reply)) log.endDeletion(deletion, reply);
          log.note(member.name, `deleted ${channelId}: ${JSON.stringify(reply)}`);
        },
        (cause) => {
          if (codeOf(cause) === 'CHANNEL_NOT_FOUND') deletion.outcome = 'refused';
          log.note(member.name, `could not delete ${channelId}: ${cause}`);
        },
      ),
    );
  }

  /** Asks once: whether it was done is for the journal to say. */
  private request(
    { name, client }: Member,
    event: ManagementEvent,
    payload: { channelId: string } & Record<string, unknown>,
  ): void {
    const { log, workload } = this.settings;
    const done = (outcome: string) => log.note(name, `${event} ${JSON.stringify(payload)}: ${outcome}`);
    workload.aside(
      client.manage(event, payload).then(
        (reply) => done(`done ${JSON.stringify(reply)}`),
        (cause) => done(`failed, ${cause}`),
      ),
    );
  }

  private memberOf({ client }: { readonly client: number }): Member {
    const member = this.settings.members[client];
    if (!member) throw new Error(`There is no client ${client}.`);
    return member;
  }
}
