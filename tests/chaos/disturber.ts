import type { Change } from './change';
import type { ManagementEvent } from './chaos-client';
import type { Disturbance, Step } from './plan';
import type { RunLog } from './run-log';
import type { ServerProcess } from './server-process';
import type { Member, Workload } from './workload';

/** How long a peer stalls at most, while nobody makes progress. */
const MAX_STALL_MS = 1_500;
const MAX_LOSS_MS = 500;
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

type Disturb<Kind extends Disturbance['kind']> = (
  step: Extract<Disturbance, { kind: Kind }>,
) => Promise<void> | void;

/** Does to a run what its schedule says. */
export class Disturber {
  private kills = 0;
  private disturbances = 0;
  private updates = 0;

  constructor(private readonly settings: DisturberSettings) {}

  get counts(): { kills: number; disturbances: number } {
    return { kills: this.kills, disturbances: this.disturbances };
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
    for (const { proxy } of members) proxy.heal();
    log.note('schedule', 'is over');
  }

  private take(step: Step): Promise<void> | void {
    switch (step.kind) {
      case 'kill':
        return this.kill();
      case 'cut':
        return this.proxyOf(step).cut();
      case 'cutInPacket':
        return this.proxyOf(step).cutInPacket(step.direction);
      case 'loseAcknowledgements':
        return this.loseAcknowledgements(step);
      case 'outage':
        this.proxyOf(step).refuse();
        return this.healLater(step, this.settings.outageMs);
      case 'stall':
        this.proxyOf(step).stall(step.directions);
        return this.healLater(step, MAX_STALL_MS);
      default:
        return this.manage(step);
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
  private readonly loseAcknowledgements: Disturb<'loseAcknowledgements'> = (step) => {
    const proxy = this.proxyOf(step);
    const { change, workload } = this.settings;
    const before = proxy.dropped;
    proxy.drop('toClient');
    workload.aside(
      change.until(() => proxy.dropped >= before + LOST_CHUNKS, MAX_LOSS_MS).then(() => proxy.heal()),
    );
  };

  /** The proxy works again after so many sends more. */
  private healLater(step: Extract<Disturbance, { forSends: number }>, withinMs: number): void {
    const { change, workload } = this.settings;
    const end = workload.started + step.forSends;
    const proxy = this.proxyOf(step);
    workload.aside(change.until(() => workload.started >= end, withinMs).then(() => proxy.heal()));
  }

  private readonly manage: Disturb<'delete' | 'clear' | 'update'> = ({ kind, client, channel }) => {
    const member = this.memberOf({ client });
    const channelId = this.settings.channelIds[channel] ?? '';
    if (kind === 'clear') return this.request(member, 'clear_channel', { channelId });
    if (kind === 'update') {
      this.updates += 1;
      return this.request(member, 'update_channel', {
        channelId,
        updates: { [`update${this.updates}`]: this.updates },
      });
    }
    const messageId = member.client.view(channelId).messages.at(-1)?.id;
    if (messageId !== undefined) this.request(member, 'delete_message', { channelId, messageId });
  };

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

  private proxyOf(step: { readonly client: number }) {
    return this.memberOf(step).proxy;
  }
}
