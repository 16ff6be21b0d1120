import type { Change } from './change';
import { type ChaosClient, codeOf } from './chaos-client';
import type { FaultyProxy } from './faulty-proxy';
import type { PlannedSend } from './plan';
import type { RunLog } from './run-log';
import type { SendRecord } from './run-record';

/** A client of a run, with the proxy it is behind. */
export interface Member {
  readonly name: string;
  readonly client: ChaosClient;
  readonly proxy: FaultyProxy;
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

const toWords = (cause: unknown) => codeOf(cause) ?? (cause instanceof Error ? cause.message : String(cause));

/** Sends what was planned, and notes what comes of it. */
export class Workload {
  private readonly extras = new Set<Promise<void>>();

  constructor(private readonly settings: WorkloadSettings) {}

  /** How many sends have been started. */
  get started(): number {
    return this.settings.log.sends.length;
  }

  /** Sends all of it, so many at a time; resolves once the last one is started. */
  async run(member: Member, sends: readonly PlannedSend[]): Promise<void> {
    const { change, window, patienceMs } = this.settings;
    let underWay = 0;
    for (const planned of sends) {
      const hasRoom = await change.until(() => underWay < window, patienceMs);
      if (!hasRoom) return this.settings.log.note(member.name, 'gave up: its sends do not settle');
      underWay += 1;
      void this.send(member, planned).then(() => {
        underWay -= 1;
        change.notify();
      });
    }
  }

  /** Does something beside the sends; {@link idle} waits for it. */
  aside(work: Promise<void>): void {
    this.extras.add(work);
    void work.finally(() => this.extras.delete(work));
  }

  /** Resolves once nothing is under way beside the sends. */
  async idle(): Promise<void> {
    while (this.extras.size > 0) await Promise.all(this.extras);
  }

  private async send(member: Member, { channel, text, repeat }: PlannedSend): Promise<void> {
    const { log } = this.settings;
    const channelId = this.settings.channelIds[channel] ?? '';
    const record: SendRecord = {
      ...{ sender: member.name, channelId, text, isRepeated: repeat === 'atOnce' },
      ...{ receipts: [], isSettled: false },
    };
    log.start(record);
    if (repeat === 'atOnce') this.aside(this.sendAgain(member, record));
    try {
      log.acknowledge(record, await member.client.send(channelId, text));
      if (repeat === 'later') this.aside(this.sendAgain(member, record));
    } catch (cause) {
      record.failure = toWords(cause);
      log.note(member.name, `cannot send ${text} : ${record.failure}`);
    }
    record.isSettled = true;
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
