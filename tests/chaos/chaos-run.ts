import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnswerStopper } from './answer-stopper';
import { Change } from './change';
import type { ChaosClient, ClientSettings } from './chaos-client';
import { Convergence } from './convergence';
import { DeployedClient } from './deployed-client';
import { Disturber } from './disturber';
import { FaultyProxy } from './faulty-proxy';
import { awaitTurns, countOpenTurns } from './open-turns';
import { type ChaosPlan, type ClientKind, createSends, isDeployed } from './plan';
import { ReferenceClient } from './reference-client';
import { RunLog } from './run-log';
import type { RunRecord, StoredChannel, TurnRecord } from './run-record';
import { openRunStore, type RunStore } from './run-store';
import { createSchedule } from './schedule';
import { SdkClient } from './sdk-client';
import { Servers } from './servers';
import { SUBJECTS, type Subject } from './subject';
import { type Member, Workload } from './workload';

const createClient = (
  kind: ClientKind,
  settings: ClientSettings,
  { wire, createPage }: Subject,
): ChaosClient => {
  if (kind === 'deployed') return new DeployedClient(settings);
  return kind === 'reference' ? new ReferenceClient(settings, wire) : new SdkClient(settings, createPage);
};

/** What a run has done so far. */
export interface Progress {
  readonly sends: number;
  readonly acknowledged: number;
  /** Sends that the server did not take: their channel was gone. */
  readonly refused: number;
  readonly kills: number;
  readonly databaseKills: number;
  readonly redisKills: number;
  /** Times the database was stopped for a while. */
  readonly freezes: number;
  /** Times a server could not reach the database for a while. */
  readonly stalls: number;
  /** Connections of servers that the database ended. */
  readonly terminated: number;
  /** Commits whose answers did not reach the server. */
  readonly lostCommits: number;
  /** Times everybody was listened to in silence. */
  readonly hearings: number;
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
  /** Most bytes that had waited for a reader when it read again: all but 200 KB of them inside the server. */
  readonly longestBacklog: number;
  /** How often a server did what its defect is. */
  readonly defects: number;
  /** Turns of agents that began. */
  readonly turns: number;
  /** Turns that another process ended than that of the agent. */
  readonly lostTurns: number;
  /** Answers that members were told, by what the message says of its end. */
  readonly answers: Readonly<Record<'whole' | 'failed' | 'timeout' | 'cancelled', number>>;
}

/** A finished run. */
export interface FinishedRun {
  readonly record: RunRecord;
  readonly log: RunLog;
  readonly progress: Progress;
  readonly durationMs: number;
}

/** How long a turn may take to end once everything is up: the agent's time, and what another process needs to miss its own. */
const TURNS_END_MS = 40_000;

/** Answers that members were told, by how they ended. */
function countAnswers({ sightings }: RunLog): Progress['answers'] {
  const ends = new Map<string, keyof Progress['answers']>();
  for (const { message } of sightings)
    if (message?.answer) ends.set(message.id, message.answer.incomplete ?? 'whole');
  const counts = { whole: 0, failed: 0, timeout: 0, cancelled: 0 };
  for (const end of ends.values()) counts[end] += 1;
  return counts;
}

function countTurns(turns: Iterable<TurnRecord>): Pick<Progress, 'turns' | 'lostTurns'> {
  const all = [...turns];
  return { turns: all.length, lostTurns: all.filter(({ isTakenOver }) => isTakenOver).length };
}

const channelIdsOf = (count: number) => Array.from({ length: count }, () => randomUUID());

/** Everything of a run that has to be ended. */
class Run {
  private readonly members: Member[] = [];
  private readonly channelIds: readonly string[];
  private readonly subject: Subject;
  private readonly servers: Servers;
  private readonly workload: Workload;
  private readonly disturber: Disturber;
  private readonly stopper: AnswerStopper;
  private readonly convergence: Convergence;

  constructor(
    private readonly plan: ChaosPlan,
    private readonly store: RunStore,
    private readonly change: Change,
    readonly log: RunLog,
    { bundle, folder }: { readonly bundle: string; readonly folder: string },
  ) {
    const { members } = this;
    const { subject, window, patienceMs, outageMs, fault } = plan;
    this.subject = SUBJECTS[subject];
    const { wire } = this.subject;
    const channelIds = channelIdsOf(plan.channels);
    const silentChannelIds = channelIdsOf(plan.silentChannels);
    this.channelIds = [...channelIds, ...silentChannelIds];
    this.servers = new Servers({ bundle, folder, store, subject, fault, hasAgents: this.hasAgents, log });
    const { servers } = this;
    this.workload = new Workload({ change, log, channelIds, window, patienceMs });
    const { workload } = this;
    this.stopper = new AnswerStopper(members, workload);
    this.convergence = new Convergence({ change, log, members, channelIds: this.channelIds, servers, wire });
    const disturbed = { change, log, members, channelIds, silentChannelIds, store, servers, wire, workload };
    this.disturber = new Disturber({ ...disturbed, outageMs, patienceMs });
  }

  private get hasAgents(): boolean {
    return this.plan.answered !== undefined && this.subject.wire.answers !== undefined;
  }

  progress(): Progress {
    const { sends } = this.log;
    const { longestReplay, mostPages, defects } = this.servers.figures;
    const acknowledged = sends.filter(({ receipts }) => receipts.length > 0).length;
    const sum = (count: (member: Member) => number) =>
      this.members.reduce((total, one) => total + count(one), 0);
    const readers = this.members.filter(({ kind }) => kind === 'reader');
    const backlogs = readers.map(({ proxy }) => proxy.longestBacklog);
    return {
      ...{ sends: sends.length, acknowledged, ...this.disturber.counts },
      repeats: sends.reduce((total, { receipts }) => total + receipts.length, 0) - acknowledged,
      lostChunks: sum(({ proxy }) => proxy.dropped),
      lostConnections: sum(({ proxy }) => proxy.ended),
      cutUpgrades: sum(({ proxy }) => proxy.sprung),
      refused: sends.filter(({ failure, receipts }) => failure !== undefined && receipts.length === 0).length,
      deletedChannels: this.countEnds(),
      ...{ longestReplay, mostPages, longestBacklog: Math.max(0, ...backlogs), defects },
      ...{ ...countTurns(this.servers.figures.turns.values()), answers: countAnswers(this.log) },
    };
  }

  private nameDeployed(): ReadonlySet<string> {
    return new Set(this.members.filter(({ kind }) => isDeployed(kind)).map(({ name }) => name));
  }

  /** Lives of channels of whose end somebody was told; on the deployed wire nobody is told which one it was. */
  private countEnds(): number {
    const deployed = this.nameDeployed();
    const ends = this.log.sightings.filter(({ event, client }) => event === 'ended' && !deployed.has(client));
    return new Set(ends.map(({ epoch }) => epoch)).size;
  }

  /** The whole run, up to the last servers' end. */
  async play(): Promise<void> {
    await this.servers.start();
    for (const index of this.plan.clients.keys()) await this.addMember(index);
    await this.within('every client is in its channels', () =>
      this.members.every(({ client }) => client.isReady()),
    );
    const sending = this.members.map((member, index) =>
      this.workload.run(member, createSends(this.plan, index)),
    );
    await this.disturber.play(createSchedule(this.plan));
    await Promise.all(sending);
    await this.within('every send is settled', () => this.log.sends.every(({ isSettled }) => isSettled));
    await this.workload.idle();
    if (this.hasAgents)
      await awaitTurns(() => this.store.read(), Math.min(TURNS_END_MS, this.plan.patienceMs));
    await this.converge();
    // As harsh as all the times before: what was acknowledged has to be in the store.
    await this.servers.kill();
  }

  async record(): Promise<RunRecord> {
    const { log, channelIds, plan } = this;
    const views = this.members.map(
      ({ name, client }) => [name, new Map(channelIds.map((id) => [id, client.view(id)]))] as const,
    );
    const { sends, sightings, holes, deletions, crashes, unanswered, unheard, overdue } = log;
    const seen = { sends, sightings, holes, deletions, crashes, unanswered, unheard, overdue };
    const { misfits, toldEnds } = log;
    const turns = [...this.servers.figures.turns.values()];
    const answers = { misfits, toldEnds, turns };
    const deployed = this.nameDeployed();
    const stored = await this.readStored();
    return { seed: plan.seed, deployed, ...seen, ...answers, views: new Map(views), ...stored };
  }

  /** Read from a store that no server uses any more. */
  private async readStored(): Promise<Pick<RunRecord, 'store' | 'openTurns'>> {
    const store = this.store.read();
    const stored = new Map<string, StoredChannel>();
    try {
      for (const id of this.channelIds) {
        const channel = await this.subject.readStored(store, id);
        if (channel) stored.set(id, channel);
      }
      return { store: stored, openTurns: await countOpenTurns(store) };
    } finally {
      await store.close();
    }
  }

  async end(): Promise<void> {
    for (const { client } of this.members) client.close();
    await Promise.all(this.members.map(({ proxy }) => proxy.close()));
    await this.servers.kill();
  }

  private async addMember(index: number): Promise<void> {
    const name = `c${index}`;
    const observer = this.stopper.listen(this.log.observer(name));
    const mayMissChunks = this.plan.redis === true;
    const kind = this.plan.clients[index] ?? 'reference';
    const { channelIds } = this;
    const settings = { name, channelIds, observer, mayMissChunks, isDeployed: isDeployed(kind) };
    const target = () => {
      const server = this.servers.forMember(index);
      return kind === 'reader' ? server.socketPath : server.port;
    };
    const proxy = new FaultyProxy(target, this.change.notify);
    const transports: ClientSettings['transports'] = ['polling', 'deployed'].includes(kind)
      ? ['polling', 'websocket']
      : ['websocket'];
    const url = await proxy.listen();
    const client = createClient(kind, { ...settings, url, transports }, this.subject);
    this.members.push({ name, kind, proxy, client });
  }

  /** Waits until all members stand where the servers do, and the servers stand still. */
  private async converge(): Promise<void> {
    // Where a channel was deleted at last, it is there again once somebody has joined it.
    await this.within('every client is back in its channels', () =>
      this.members.every(({ client }) => client.isReady()),
    );
    const late = await this.convergence.findLate(this.members, this.plan.patienceMs);
    if (late.length === 0) return;
    const who = late.map(
      ({ client, channelId, position, head, unsent, hasOlder, streaming }) =>
        `${client} in ${channelId} at ${position?.seq} of ${head?.seq}, ${unsent} unsent, ${streaming} being said${hasOlder ? ', older ones not loaded' : ''}`,
    );
    this.log.missTime(`not where the servers are: ${who.join('; ')}`);
  }

  private async within(what: string, condition: () => boolean): Promise<void> {
    if (!(await this.change.until(condition, this.plan.patienceMs)))
      this.log.missTime(`not in time: ${what}`);
  }
}

/** Where the whole log of a run is written, for people; nowhere by default. */
const LOG_FILE = process.env.WIREPACT_CHAOS_LOG;

/** Plays a plan against servers of its own, in a folder of its own; leaves nothing behind but the record. */
export async function runChaos(
  plan: ChaosPlan,
  bundle: string,
  onRun?: (progress: () => Progress) => void,
): Promise<FinishedRun> {
  const startedAt = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-chaos-'));
  const change = new Change();
  const log = new RunLog(change);
  const store = await openRunStore(plan, folder, change.notify);
  const run = new Run(plan, store, change, log, { bundle, folder });
  onRun?.(() => run.progress());
  try {
    await run.play();
    const record = await run.record();
    return { record, log, progress: run.progress(), durationMs: performance.now() - startedAt };
  } finally {
    await run.end();
    await store.close();
    await rm(folder, { recursive: true, force: true });
    if (LOG_FILE) await writeFile(LOG_FILE, log.text());
  }
}
