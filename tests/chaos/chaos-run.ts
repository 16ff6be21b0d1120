import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Position } from '@wirepact/protocol';
import { Change } from './change';
import type { ClientSettings, CreateClient } from './chaos-client';
import { Disturber } from './disturber';
import { FaultyProxy } from './faulty-proxy';
import { type ChaosPlan, createSends } from './plan';
import { ReferenceClient } from './reference-client';
import { RunLog } from './run-log';
import type { RunRecord } from './run-record';
import { createSchedule } from './schedule';
import { SdkClient } from './sdk-client';
import { readHeads } from './server-heads';
import { ServerProcess } from './server-process';
import { readStoredChannels } from './stored-channels';
import { type Member, Workload } from './workload';

const CREATE_CLIENT: Readonly<Record<ChaosPlan['clients'][number], CreateClient>> = {
  reference: (settings) => new ReferenceClient(settings),
  sdk: (settings) => new SdkClient(settings),
  polling: (settings) => new SdkClient(settings),
  reader: (settings) => new SdkClient(settings),
};

/** What a run has done so far. */
export interface Progress {
  readonly sends: number;
  readonly acknowledged: number;
  /** Sends that the server did not take: their channel was gone. */
  readonly refused: number;
  readonly kills: number;
  readonly reloads: number;
  /** Lives of channels that ended. */
  readonly deletedChannels: number;
  readonly disturbances: number;
  /** Receipts of messages that had one already. */
  readonly repeats: number;
  /** Chunks of bytes that disappeared. */
  readonly lostChunks: number;
  /** Connections that ended, of all clients. */
  readonly lostConnections: number;
  readonly cutUpgrades: number;
  /** Most events, and pages, that somebody was told who had missed them. */
  readonly longestReplay: number;
  readonly mostPages: number;
  /** Most bytes that waited for one connection inside the server. */
  readonly longestBacklog: number;
}

/** A finished run. */
export interface FinishedRun {
  readonly record: RunRecord;
  readonly log: RunLog;
  readonly progress: Progress;
  readonly durationMs: number;
}

const isSame = (one: Position | undefined, other: Position | undefined) =>
  one?.epoch === other?.epoch && one?.seq === other?.seq;

/** Everything of a run that has to be ended. */
class Run {
  readonly change = new Change();
  readonly log = new RunLog(this.change);
  readonly members: Member[] = [];
  readonly channelIds: readonly string[];
  readonly server: ServerProcess;
  private readonly workload: Workload;
  private readonly disturber: Disturber;
  private readonly overdue: string[] = [];

  constructor(
    private readonly plan: ChaosPlan,
    readonly file: string,
    bundle: string,
  ) {
    this.channelIds = Array.from({ length: plan.channels }, () => randomUUID());
    this.server = new ServerProcess({ bundle, file, fault: plan.fault });
    const { change, log, members, channelIds, server } = this;
    const { window, patienceMs, outageMs } = plan;
    this.workload = new Workload({ change, log, channelIds, window, patienceMs });
    const { workload } = this;
    this.disturber = new Disturber({ change, log, members, channelIds, server, workload, outageMs });
  }

  progress(): Progress {
    const { sends } = this.log;
    const { longestReplay, mostPages, longestBacklog } = this.server.figures;
    const acknowledged = sends.filter(({ receipts }) => receipts.length > 0).length;
    const sum = (count: (member: Member) => number) =>
      this.members.reduce((total, one) => total + count(one), 0);
    return {
      ...{ sends: sends.length, acknowledged, ...this.disturber.counts },
      repeats: sends.reduce((total, { receipts }) => total + receipts.length, 0) - acknowledged,
      lostChunks: sum(({ proxy }) => proxy.dropped),
      lostConnections: sum(({ proxy }) => proxy.ended),
      cutUpgrades: sum(({ proxy }) => proxy.cutUpgrades),
      refused: sends.filter(({ failure, receipts }) => failure !== undefined && receipts.length === 0).length,
      deletedChannels: this.log.deletions.filter(({ outcome }) => outcome === 'done').length,
      ...{ longestReplay, mostPages, longestBacklog },
    };
  }

  /** The whole run, up to the last server's end. */
  async play(): Promise<void> {
    await this.server.start();
    for (const index of this.plan.clients.keys()) await this.addMember(index);
    await this.within('every client is in its channels', () =>
      this.members.every(({ client }) => client.isReady()),
    );
    const sending = this.members.map((member, index) =>
      this.workload.run(member, createSends(this.plan, index)),
    );
    await this.disturber.play(createSchedule(this.plan), this.plan.patienceMs);
    await Promise.all(sending);
    await this.within('every send is settled', () => this.log.sends.every(({ isSettled }) => isSettled));
    await this.workload.idle();
    await this.converge();
  }

  async record(): Promise<RunRecord> {
    const { log, channelIds, plan } = this;
    const views = this.members.map(
      ({ name, client }) => [name, new Map(channelIds.map((id) => [id, client.view(id)]))] as const,
    );
    const store = await readStoredChannels(this.file, channelIds);
    const { sends, sightings, holes, deletions } = log;
    const overdue = [...this.overdue, ...this.server.crashes];
    const seen = { sends, sightings, holes, deletions };
    return { seed: plan.seed, ...seen, views: new Map(views), store, overdue };
  }

  async end(): Promise<void> {
    for (const { client } of this.members) client.close();
    await Promise.all(this.members.map(({ proxy }) => proxy.close()));
    await this.server.kill();
  }

  private async addMember(index: number): Promise<void> {
    const { server } = this;
    const name = `c${index}`;
    const settings = { name, channelIds: this.channelIds, observer: this.log.observer(name) };
    const kind = this.plan.clients[index] ?? 'reference';
    const target = () => (kind === 'reader' ? server.socketPath : server.port);
    const proxy = new FaultyProxy(target, this.change.notify);
    const transports: ClientSettings['transports'] =
      kind === 'polling' ? ['polling', 'websocket'] : ['websocket'];
    const url = await proxy.listen();
    const create = CREATE_CLIENT[kind];
    this.members.push({ name, proxy, client: create({ ...settings, url, transports }) });
  }

  /** Waits until all members stand where the server does, and the server stands still. */
  private async converge(): Promise<void> {
    // Where a channel was deleted at last, it is there again once somebody has joined it.
    await this.within('every client is back in its channels', () =>
      this.members.every(({ client }) => client.isReady()),
    );
    let heads = new Map<string, Position>();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      heads = await readHeads(`http://127.0.0.1:${this.server.port}`, this.channelIds);
      const areThere = () => this.findLate(heads).length === 0;
      if (!(await this.change.until(areThere, this.plan.patienceMs))) break;
      const later = await readHeads(`http://127.0.0.1:${this.server.port}`, this.channelIds);
      if (this.channelIds.every((id) => isSame(later.get(id), heads.get(id)))) return;
    }
    this.overdue.push(`not where the server is: ${this.findLate(heads).join('; ')}`);
  }

  /** The members, by channel, that do not have all and nothing else of what the server has. */
  private findLate(heads: ReadonlyMap<string, Position>): string[] {
    return this.members.flatMap(({ name, client }) =>
      this.channelIds.flatMap((id) => {
        const { position, unsent } = client.view(id);
        const head = heads.get(id);
        if (head && isSame(position, head) && unsent.length === 0) return [];
        return [`${name} in ${id} at ${position?.seq} of ${head?.seq}, ${unsent.length} unsent`];
      }),
    );
  }

  private async within(what: string, condition: () => boolean): Promise<void> {
    if (!(await this.change.until(condition, this.plan.patienceMs)))
      this.overdue.push(`not in time: ${what}`);
  }
}

/** Plays a plan against a server of its own, in a folder of its own; leaves nothing behind but the record. */
export async function runChaos(
  plan: ChaosPlan,
  bundle: string,
  onRun?: (progress: () => Progress) => void,
): Promise<FinishedRun> {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-chaos-'));
  const run = new Run(plan, join(folder, 'chat.db'), bundle);
  const startedAt = performance.now();
  onRun?.(() => run.progress());
  try {
    await run.play();
    // As harsh as all the times before: what was acknowledged has to be in the file.
    await run.server.kill();
    const record = await run.record();
    return { record, log: run.log, progress: run.progress(), durationMs: performance.now() - startedAt };
  } finally {
    await run.end();
    await rm(folder, { recursive: true, force: true });
  }
}
