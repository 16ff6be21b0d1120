import { readAnswer } from './answers';
import type { Change } from './change';
import type { Observer } from './chaos-client';
import type {
  Crash,
  Deletion,
  Hole,
  Misfit,
  Position,
  Receipt,
  SendRecord,
  Sighting,
  ToldEnd,
  Unanswered,
  Unheard,
} from './run-record';

/** One line of what happened. */
export interface LogLine {
  readonly atMs: number;
  readonly who: string;
  readonly what: string;
  readonly channelId?: string | undefined;
  readonly seq?: number | undefined;
}

const byTime = ({ atMs, who, what }: LogLine) => `${atMs.toFixed(0).padStart(6)} ms  ${who}: ${what}`;

/** Everything that was seen in a run, in the order it was. */
export class RunLog {
  readonly sends: SendRecord[] = [];
  readonly sightings: Sighting[] = [];
  readonly holes: Hole[] = [];
  readonly deletions: Deletion[] = [];
  readonly crashes: Crash[] = [];
  readonly unanswered: Unanswered[] = [];
  readonly unheard: Unheard[] = [];
  readonly misfits: Misfit[] = [];
  readonly toldEnds: ToldEnd[] = [];
  readonly overdue: string[] = [];
  private readonly lines: LogLine[] = [];
  private readonly startedAt = performance.now();

  constructor(private readonly change: Change) {}

  /** Notes something that has no place in a channel. */
  note(who: string, what: string): void {
    this.add({ who, what });
  }

  /** Notes that a send starts. */
  start(send: SendRecord): void {
    this.sends.push(send);
    this.add({ who: send.sender, what: `sends ${send.text}`, channelId: send.channelId });
    this.change.notify();
  }

  /** Notes a receipt of a message. */
  acknowledge(send: SendRecord, receipt: Receipt): void {
    const { sender: client, channelId, text: subject } = send;
    const { epoch, seq } = receipt;
    send.receipts.push(receipt);
    if (receipt.isRetried) send.isRepeated = true;
    this.sightings.push({
      ...{ client, channelId, epoch, seq, subject, event: 'sent', from: 'receipt' },
    });
    this.add({ who: client, what: `got the receipt ${seq} for ${subject}`, channelId, seq });
  }

  /** Notes that somebody is about to delete a channel. */
  startDeletion(client: string, channelId: string): Deletion {
    const deletion: Deletion = { client, channelId, outcome: 'unknown' };
    this.deletions.push(deletion);
    return deletion;
  }

  /** Notes the answer to a deletion: where the channel ended. */
  endDeletion(deletion: Deletion, { epoch, seq }: Position): void {
    const { client, channelId } = deletion;
    deletion.outcome = 'done';
    const event = { event: 'ended', subject: '', from: 'receipt' } as const;
    this.sightings.push({ client, channelId, epoch, seq, ...event });
  }

  /** Notes that a server ended by itself. */
  crash(server: string, how: string): void {
    this.crashes.push({ server, how });
    this.note(server, how);
  }

  /** Notes that something did not end in time. */
  missTime(what: string): void {
    this.overdue.push(what);
    this.note('run', what);
  }

  /** Notes that somebody did not hear of something in time. */
  missHearing(unheard: Unheard): void {
    this.unheard.push(unheard);
    const { client, channelId, position, head, after } = unheard;
    const what = `is at ${position?.seq} of ${head?.seq} since ${after}`;
    this.add({ who: client, what, channelId, seq: head?.seq });
  }

  /** What a client tells of itself goes here. */
  observer(client: string): Observer {
    return {
      seen: ({ event, subject, message, channelId, epoch, seq }) => {
        this.sightings.push({ event, subject, message, channelId, epoch, seq, client, from: 'event' });
        this.add({ who: client, what: `saw ${seq} ${event} ${subject}`, channelId, seq });
      },
      hole: (hole) => {
        const { expected, got, channelId } = hole;
        this.holes.push({ ...hole, client });
        this.add({ who: client, what: `expected ${expected}, got ${got}`, channelId, seq: got });
      },
      unanswered: (request) => {
        this.unanswered.push({ ...request, client });
        const { event, channelId, afterMs } = request;
        this.add({ who: client, what: `had no answer to ${event} for ${afterMs} ms`, channelId });
      },
      says: ({ channelId, messageId, text }) => {
        if (text !== '' && !readAnswer(text))
          this.misfit({ client, channelId, messageId, what: `no agent says ${text}` });
      },
      misfit: (misfit) => this.misfit({ ...misfit, client }),
      told: ({ channelId, question, name, connection }) => {
        this.toldEnds.push({ client, channelId, question, name, connection });
        this.add({ who: client, what: `is told ${name} of ${question}`, channelId });
      },
      note: (what) => this.note(client, what),
      changed: this.change.notify,
    };
  }

  /** The first lines about something: a word of them, or a number of a channel and its neighbours. */
  excerpt(
    about: { word?: string | undefined; channelId?: string | undefined; seq?: number | undefined },
    limit = 14,
  ): string[] {
    const { word, channelId, seq } = about;
    const isWord = ({ what }: LogLine) => word !== undefined && what.split(' ').includes(word);
    const isNear = (line: LogLine) =>
      seq !== undefined &&
      line.seq !== undefined &&
      line.channelId === channelId &&
      Math.abs(line.seq - seq) <= 1;
    const found = this.lines.filter((line) => isWord(line) || isNear(line));
    const rest = found.length > limit ? [`… and ${found.length - limit} lines more`] : [];
    return [...found.slice(0, limit).map(byTime), ...rest];
  }

  /** All of it, for people. */
  text(): string {
    return this.lines
      .map((line) => `${byTime(line)}${line.channelId ? ` [${line.channelId}]` : ''}\n`)
      .join('');
  }

  private misfit(misfit: Misfit): void {
    this.misfits.push(misfit);
    const { client: who, channelId, messageId, what } = misfit;
    this.add({ who, what: `${messageId} : ${what}`, channelId });
  }

  private add(line: Omit<LogLine, 'atMs'>): void {
    this.lines.push({ ...line, atMs: performance.now() - this.startedAt });
  }
}
