import { setTimeout as delay } from 'node:timers/promises';
import { CommitTrap } from './commit-trap';
import type { BackendDisturbance, LastWord } from './disturbance';
import type { DisturbedRun } from './disturbed-run';
import type { Hearing } from './hearing';
import type { Postgres } from './postgres';
import type { Member } from './workload';

/** How long a commit that is to be lost may take to come, and whoever asks for it to be there. */
const MAX_COMMIT_MS = 20_000;
/** How long a server that is to be killed may take to be in the middle of an answer. */
const MAX_ANSWER_MS = 5_000;
/** A request may be lost before it gets as far as its commit. */
const MAX_ATTEMPTS = 10;

/** A last word that may be said. */
interface PreparedWord {
  /** Something that only its transaction writes. */
  readonly text: string;
  readonly speaker: Member;
  /** Resolves once it has an answer, or none is to come; never rejects. */
  say(): Promise<void>;
}

/** Kills and stops servers, their database and Redis, each time with a last word under way. */
export class BackendDisturber {
  private kills = 0;
  private databaseKills = 0;
  private redisKills = 0;
  private freezes = 0;
  private stalls = 0;
  private terminated = 0;
  private lostCommits = 0;
  private words = 0;

  constructor(
    private readonly run: DisturbedRun,
    private readonly hearing: Hearing,
  ) {}

  get counts() {
    const { kills, databaseKills, redisKills, freezes, stalls, terminated, lostCommits } = this;
    const ofDatabase = { databaseKills, freezes, stalls, terminated, lostCommits };
    return { kills, ...ofDatabase, redisKills, hearings: this.hearing.count };
  }

  /** All of it: what is said, what goes wrong, and whether everybody hears. */
  async take(step: BackendDisturbance): Promise<void> {
    if (step.kind === 'kill') await this.untilAnswering(step.server);
    const word = this.prepare(step.lastWord);
    if (step.kind === 'loseCommit') await this.loseCommit(word, step.cuts);
    else {
      void word.say();
      await delay(step.lastWord.headStartMs);
      await this.disturb(step);
    }
    await this.hearing.hold(step.kind);
  }

  private disturb(step: Exclude<BackendDisturbance, { kind: 'loseCommit' }>): Promise<void> {
    switch (step.kind) {
      case 'kill':
        return this.kill(step.server);
      case 'killDatabase':
        return this.killDatabase(step.forMs, step.server);
      case 'killRedis':
        return this.killRedis(step.forMs, step.server);
      case 'freezeDatabase':
        return this.freezeDatabase(step.forMs, step.server);
      case 'stallDatabase':
        return this.stallDatabase(step.forMs, step.server);
      case 'terminateBackends':
        return this.terminateBackends();
    }
  }

  /** Where agents answer at all: a kill that meets none of them proves nothing of theirs. */
  private async untilAnswering(index: number): Promise<void> {
    const { change, servers } = this.run;
    const { pid } = servers.at(index);
    if (servers.hasAgents) await change.until(() => servers.figures.isAnswering(pid), MAX_ANSWER_MS);
  }

  private async kill(index: number): Promise<void> {
    const { servers, log } = this.run;
    const server = servers.at(index);
    await server.kill();
    this.kills += 1;
    log.note(`server ${index}`, 'was killed');
    await server.start();
    log.note(`server ${index}`, 'is back');
  }

  private async killDatabase(forMs: number, server: number | undefined): Promise<void> {
    const { log } = this.run;
    this.postgres.kill();
    this.databaseKills += 1;
    log.note('database', 'was killed');
    await Promise.all([delay(forMs), server !== undefined && this.kill(server)]);
    await this.postgres.restart();
    log.note('database', 'is back');
  }

  private async killRedis(forMs: number, server: number | undefined): Promise<void> {
    const { store, log } = this.run;
    if (!store.redis) throw new Error('The plan has steps for Redis, and nothing joins its servers.');
    await store.redis.kill();
    this.redisKills += 1;
    log.note('redis', 'was killed');
    await Promise.all([delay(forMs), server !== undefined && this.kill(server)]);
    await store.redis.restart();
    log.note('redis', 'is back');
  }

  private async freezeDatabase(forMs: number, server: number | undefined): Promise<void> {
    const { log } = this.run;
    const thaw = await this.postgres.freeze();
    this.freezes += 1;
    log.note('database', 'was stopped');
    await Promise.all([delay(forMs), server !== undefined && this.kill(server)]);
    thaw();
    log.note('database', 'goes on');
  }

  private async stallDatabase(forMs: number, server: number): Promise<void> {
    const { store, log } = this.run;
    const proxy = store.proxies[server];
    proxy?.stall(['toServer', 'toClient']);
    this.stalls += 1;
    log.note('database', `is out of reach of server ${server}`);
    await delay(forMs);
    proxy?.heal();
    log.note('database', `is within reach of server ${server}`);
  }

  private async terminateBackends(): Promise<void> {
    const count = await this.postgres.terminateBackends();
    this.terminated += count;
    this.run.log.note('database', `ended ${count} connections`);
  }

  private async loseCommit(word: PreparedWord, cuts: 'one' | 'all'): Promise<void> {
    const { change, store, log } = this.run;
    const trap = new CommitTrap(word.text, cuts);
    const sprung = () => store.proxies.reduce((sum, proxy) => sum + proxy.sprung, 0);
    const before = sprung();
    const isLost = () => sprung() > before;
    for (const proxy of store.proxies) proxy.set(trap);
    for (let attempt = 1; attempt <= MAX_ATTEMPTS && !isLost(); attempt += 1) {
      word.speaker.proxy.heal();
      await change.until(() => word.speaker.client.isReady(), MAX_COMMIT_MS);
      let isOver = false;
      void word.say().then(() => {
        isOver = true;
      });
      await change.until(() => isLost() || isOver, MAX_COMMIT_MS);
    }
    for (const proxy of store.proxies) proxy.set(undefined);
    if (isLost()) this.lostCommits += 1;
    log.note('database', isLost() ? `committed ${word.text} , and its answer is lost` : 'met no commit');
  }

  private get postgres(): Postgres {
    const { postgres } = this.run.store;
    if (!postgres) throw new Error('The plan has steps for PostgreSQL, and its store is another one.');
    return postgres;
  }

  /** A deletion needs a message: where there is none yet, one is sent. */
  private prepare({ client, channel, event }: LastWord): PreparedWord {
    const { silentChannelIds, workload } = this.run;
    const channelId = silentChannelIds[channel] ?? '';
    const speaker = this.hearing.speaker(client);
    this.words += 1;
    const text = `${speaker.name}-word${this.words}x`;
    if (event === 'update') {
      const updates = { [text]: this.words };
      return { text, speaker, say: () => workload.manage(speaker, { kind: event, channelId, updates }) };
    }
    const messageId = speaker.client.view(channelId).messages.at(-1)?.id;
    if (event === 'send' || messageId === undefined)
      return { text, speaker, say: () => this.send(speaker, channelId, text) };
    return {
      ...{ text: messageId, speaker },
      say: () => workload.manage(speaker, { kind: event, channelId, messageId }),
    };
  }

  private send(speaker: Member, channelId: string, text: string): Promise<void> {
    const { workload } = this.run;
    const sent = workload.send(speaker, channelId, text);
    workload.aside(sent);
    return sent;
  }
}
