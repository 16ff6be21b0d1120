import type { ConnectionDisturbance } from './disturbance';
import type { DisturbedRun } from './disturbed-run';
import { UpgradeTrap } from './upgrade-trap';
import { type Member, memberAt } from './workload';

/** How long a peer stalls at most, while nobody makes progress. */
const MAX_STALL_MS = 1_500;
/** How long answers disappear at most, where no acknowledgement is among them. */
const MAX_LOSS_MS = 5_000;
const MAX_ABSENCE_MS = 120_000;
/** Within what Engine.IO waits for the answer to a ping. */
const MAX_SLOW_MS = 20_000;

type LastingStep = Extract<ConnectionDisturbance, { forSends: number }>;

/** Breaks connections of clients. */
export class ConnectionDisturber {
  reloads = 0;
  /** Clients that are away, or read nothing, for long: nothing else happens to their connections. */
  private readonly apart = new Set<number>();

  constructor(private readonly run: DisturbedRun) {}

  /** Those who are neither away nor slow for long. */
  get present(): readonly Member[] {
    return this.run.members.filter((_, index) => !this.apart.has(index));
  }

  take(step: ConnectionDisturbance): Promise<void> | void {
    if (this.apart.has(step.client)) return;
    const { proxy } = this.memberOf(step);
    switch (step.kind) {
      case 'cut':
        return proxy.cut();
      case 'cutInPacket':
        return proxy.cutInPacket(step.direction);
      case 'cutUpgrade':
        proxy.cut();
        return proxy.set(new UpgradeTrap(step.answers));
      case 'loseAcknowledgements':
        return this.run.workload.aside(this.loseAcknowledgement(step));
      case 'reload':
        return this.reload(step);
      case 'outage':
        proxy.refuse();
        return this.healLater(step, this.run.outageMs);
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

  /** All proxies work again. */
  heal(): void {
    this.apart.clear();
    this.healPresent();
  }

  /** The proxies work again of all who are not apart. */
  healPresent(): void {
    for (const { proxy } of this.present) proxy.heal();
  }

  /** Bytes for the client disappear until an acknowledgement was among them, then the connection ends. */
  private async loseAcknowledgement(step: ConnectionDisturbance): Promise<void> {
    const { proxy } = this.memberOf(step);
    const before = proxy.lostAcknowledgements;
    proxy.drop('toClient');
    await this.run.change.until(() => proxy.lostAcknowledgements > before, MAX_LOSS_MS);
    this.healOne(step);
  }

  /** Between two turns of its event loop, as a page goes: what it has begun to store is stored. */
  private async reload(step: ConnectionDisturbance & { readonly kind: 'reload' }): Promise<void> {
    const { client, proxy } = this.memberOf(step);
    if (step.afterLoss) await this.loseAcknowledgement(step);
    else await new Promise(setImmediate);
    client.reload?.(() => proxy.cut());
    this.reloads += 1;
  }

  /** The proxy works again after so many sends more. */
  private healLater(step: LastingStep, withinMs: number): void {
    const { change, workload } = this.run;
    const end = this.endOf(step);
    workload.aside(change.until(() => workload.started >= end, withinMs).then(() => this.healOne(step)));
  }

  /** As {@link healLater}, and until then nothing else happens to this connection. */
  private setApart(step: LastingStep, withinMs: number, end = this.endOf(step)): void {
    const { change, workload, log } = this.run;
    this.apart.add(step.client);
    const isOver = () => workload.started >= end || !this.apart.has(step.client);
    workload.aside(
      change.until(isOver, withinMs).then(() => {
        log.note('schedule', `c${step.client} is not apart any more`);
        this.apart.delete(step.client);
        this.healOne(step);
      }),
    );
  }

  /** Who is away cannot be slow: it is let in first, which is not part of the time that it is slow. */
  private async slowDown(step: LastingStep): Promise<void> {
    const { client, proxy } = this.memberOf(step);
    const end = this.endOf(step);
    this.apart.add(step.client);
    proxy.heal();
    await this.run.change.until(() => client.isReady(), MAX_SLOW_MS);
    if (!this.apart.has(step.client)) return;
    proxy.stall(['toClient']);
    this.setApart(step, MAX_SLOW_MS, end);
  }

  /** How many sends there will have been when a step that begins now is over. */
  private endOf({ forSends }: LastingStep): number {
    return this.run.workload.started + forSends;
  }

  private healOne(step: { readonly client: number }): void {
    if (!this.apart.has(step.client)) this.memberOf(step).proxy.heal();
  }

  private memberOf({ client }: { readonly client: number }): Member {
    return memberAt(this.run.members, client);
  }
}
