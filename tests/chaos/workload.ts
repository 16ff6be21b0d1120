import type { Change } from './change';
import { type AskedChange, type ChaosClient, codeOf } from './chaos-client';
import type { FaultyProxy } from './faulty-proxy';
import type { ClientKind, PlannedSend } from './plan';
import type { RunLog } from './run-log';
import type { SendRecord } from './run-record';

/** A client of a run, with the proxy it is behind. */
export interface Member {
  readonly name: string;
  readonly kind: ClientKind;
  readonly client: ChaosClient;
  readonly proxy: FaultyProxy;
}

/** The member with this number. */
export function memberAt(members: readonly Member[], index: number): Member {
  const member = members[index];
  if (!member) throw new Error(`There is no client ${index}.`);
  return member;
}

/** What a {@link Workload} needs. */
export interface WorkloadSettings {
  readonly change: Change;
  readonly log: RunLog;
  readonly channelIds: readonly string[];
  /** Sends of one client under way at the same time. */
  readonly window: number;
  readonly patienceMs: number;
}

/** Is told what became of a request. */
export interface Outcome {
  readonly onReply?: (reply: unknown) => void;
  readonly onFailure?: (cause: unknown) => void;
}

const toWords = (cause: unknown) => codeOf(cause) ?? (cause instanceof Error ? cause.message : String(cause));

/** Sends what was planned, and notes what comes of it. */
export class Workload {
  private readonly extras = new Set<Promise<void>>();
  /** Requests under way beside the sends. */
  private requests = 0;
  /** Sends under way, by the name of who sends. */
  private readonly underWay = new Map<string, number>();
  private isPaused = false;
  /** How many of the planned sends have been started. */
  started = 0;
  private limit = Number.POSITIVE_INFINITY;

  constructor(private readonly settings: WorkloadSettings) {}

  /** Sends all of it, so many at a time; resolves once the last one is started. */
  async run(member: Member, sends: readonly PlannedSend[]): Promise<void> {
    const { change, window, patienceMs } = this.settings;
    let underWay = 0;
    for (const planned of sends) {
      await change.until(() => !this.isPaused && this.started < this.limit);
      const hasRoom = await change.until(() => underWay < window, patienceMs);
      if (!hasRoom) return this.settings.log.missTime(`${member.name} gave up: its sends do not settle`);
      underWay += 1;
      this.started += 1;
      const { channel, text, repeat } = planned;
      void this.send(member, this.settings.channelIds[channel] ?? '', text, repeat).then(() => {
        underWay -= 1;
        change.notify();
      });
    }
  }

  /**
   * Starts none of the planned sends until {@link resume}; resolves to whether all that these members have under way
   * settled in time.
   */
  async pause(members: readonly Member[]): Promise<boolean> {
    const { change, patienceMs } = this.settings;
    this.isPaused = true;
    const isAtRest = ({ name }: Member) => (this.underWay.get(name) ?? 0) === 0;
    return change.until(() => this.requests === 0 && members.every(isAtRest), patienceMs);
  }

  resume(): void {
    this.isPaused = false;
    this.settings.change.notify();
  }

  /** No more than so many of the planned sends are started until another limit is set. */
  limitTo(started: number): void {
    this.limit = started;
    this.settings.change.notify();
  }

  /** Does something beside the sends; {@link idle} waits for it. */
  aside(work: Promise<void>): void {
    this.extras.add(work);
    void work.finally(() => this.extras.delete(work));
  }

  /** Asks once for a change of a channel, beside the sends: whether it was done is for the journal to say. Never rejects. */
  manage({ name, client }: Member, asked: AskedChange, { onReply, onFailure }: Outcome = {}): Promise<void> {
    const { log, change } = this.settings;
    const note = (outcome: string) => log.note(name, `asks for ${JSON.stringify(asked)}: ${outcome}`);
    this.requests += 1;
    const answered = client.manage(asked).then(
      (reply) => {
        onReply?.(reply);
        note(`done ${JSON.stringify(reply)}`);
      },
      (cause) => {
        onFailure?.(cause);
        note(`failed, ${cause}`);
      },
    );
    const settled = answered.finally(() => {
      this.requests -= 1;
      change.notify();
    });
    this.aside(settled);
    return settled;
  }

  /** Resolves once nothing is under way beside the sends. */
  async idle(): Promise<void> {
    while (this.extras.size > 0) await Promise.all(this.extras);
  }

  /** Sends a message until there is a receipt or it is refused. */
  async send(
    member: Member,
    channelId: string,
    text: string,
    repeat: PlannedSend['repeat'] = 'never',
  ): Promise<void> {
    const { log, change } = this.settings;
    const record: SendRecord = {
      ...{ sender: member.name, channelId, text, isRepeated: repeat === 'atOnce' },
      ...{ receipts: [], isSettled: false },
    };
    log.start(record);
    this.count(member, 1);
    if (repeat === 'atOnce') this.aside(this.sendAgain(member, record));
    try {
      log.acknowledge(record, await member.client.send(channelId, text));
      if (repeat === 'later') this.aside(this.sendAgain(member, record));
    } catch (cause) {
      record.failure = toWords(cause);
      log.note(member.name, `cannot send ${text} : ${record.failure}`);
    }
    record.isSettled = true;
    this.count(member, -1);
    change.notify();
  }

  private count({ name }: Member, difference: 1 | -1): void {
    this.underWay.set(name, (this.underWay.get(name) ?? 0) + difference);
  }

  private async sendAgain({ name, client }: Member, record: SendRecord): Promise<void> {
    const { log } = this.settings;
    log.note(name, `sends ${record.text} a second time`);
    try {
      log.acknowledge(record, await client.sendOnce(record.channelId, record.text));
    } catch (cause) {
      log.note(name, `got no second receipt for ${record.text} : ${toWords(cause)}`);
    }
  }
}
