import type { Redis } from 'ioredis';

/** Entries that were missed are read so many at once. */
const READ_COUNT = 1_000;
/** Before the id of any entry. */
const START = '0-0';
/** Milliseconds until Redis is asked again for what it has refused. */
const REFUSED_MS = 1_000;

/** An entry of a stream, as XREAD has it: its id, and its fields with their values. */
export type StreamEntry = [id: string, fields: string[]];

/** Where entries are added, and where they are told as well. */
export interface StreamPlace {
  readonly stream: string;
  /** A channel that has what ADD_AND_TELL publishes. */
  readonly topic: string;
}

/**
 * A script of Redis that adds an entry to a stream and tells it to who listens: XADD's arguments, then the channel.
 * Fields and values have no newline.
 */
export const ADD_AND_TELL = `
local topic = table.remove(ARGV)
local id = redis.call('XADD', KEYS[1], unpack(ARGV))
redis.call('PUBLISH', topic, id .. '\\n' .. table.concat(ARGV, '\\n', 5))
return id`;

/** Whether an entry was added after another: an id is a time, and a number for those of the same time. */
function isAfter(id: string, other: string): boolean {
  const [time = 0, nth = 0] = id.split('-').map(Number);
  const [otherTime = 0, otherNth = 0] = other.split('-').map(Number);
  return time === otherTime ? nth > otherNth : time > otherTime;
}

/**
 * What is added to a stream from now on, in order and once. It comes as it is told, which asks nothing of Redis; what was
 * added while nobody listened, as the connection was lost, is read from the stream.
 */
export class StreamTail {
  private entries: StreamEntry[] = [];
  private onEntries: (() => void) | undefined;
  /** The last entry that was taken; unknown until Redis was there once. */
  private last: string | undefined;
  /** The last that was told since what was missed is being read. */
  private told = START;
  /** Counts connections, and their ends. */
  private connection = 0;
  /** Whether what is added now is heard as it is added. */
  isLive = false;

  constructor(
    /** Listens, and does nothing else; it has only begun to connect. */
    private readonly listening: Redis,
    /** Reads what was missed. */
    private readonly client: Redis,
    private readonly place: StreamPlace,
    /** Told where Redis refuses what this asks of it. */
    private readonly onRefused: (cause: Error) => void,
  ) {
    listening.on('message', (topic, text) => {
      if (topic === place.topic) this.hear(text);
    });
    listening.on('ready', () => void this.follow());
    listening.on('close', () => {
      this.connection += 1;
      this.isLive = false;
    });
  }

  /** Resolves with what was added since the last call, once there is any. */
  async next(): Promise<StreamEntry[]> {
    if (this.entries.length === 0)
      await new Promise<void>((resolve) => {
        this.onEntries = resolve;
      });
    return this.entries.splice(0);
  }

  private hear(text: string): void {
    const [id = '', ...fields] = text.split('\n');
    if (this.isLive) this.take([[id, fields]]);
    else this.told = id;
  }

  private take(entries: readonly StreamEntry[]): void {
    for (const entry of entries) {
      const [id] = entry;
      if (!isAfter(id, this.last ?? START)) continue;
      this.last = id;
      this.entries.push(entry);
    }
    this.onEntries?.();
  }

  /** Listens again, and reads what was added before. Where that fails, the next connection tries. */
  private async follow(): Promise<void> {
    this.connection += 1;
    const connection = this.connection;
    try {
      const newest = await this.readNewest();
      // In a Redis that has lost the stream, ids may begin below those of before: its clock may be another one.
      if (this.last === undefined || isAfter(this.last, newest)) this.last = newest;
      await this.listening.subscribe(this.place.topic);
      let isBehind = true;
      while (isBehind && connection === this.connection) isBehind = await this.readMissed();
      if (connection === this.connection) this.isLive = true;
    } catch (cause) {
      if (connection === this.connection) this.retry(cause);
    }
  }

  /** Connects anew, as that listens again; not at once, as Redis may refuse it for good. */
  private retry(cause: unknown): void {
    if (cause instanceof Error && cause.name === 'ReplyError') this.onRefused(cause);
    const { connection } = this;
    const again = () => connection === this.connection && this.listening.disconnect(true);
    setTimeout(again, REFUSED_MS).unref();
  }

  private async readNewest(): Promise<string> {
    const [newest] = await this.client.xrevrange(this.place.stream, '+', '-', 'COUNT', 1);
    return newest?.[0] ?? START;
  }

  /** Resolves with whether there is more. */
  private async readMissed(): Promise<boolean> {
    this.told = START;
    const last = this.last ?? START;
    const answer = await this.client.xread('COUNT', READ_COUNT, 'STREAMS', this.place.stream, last);
    const missed = answer?.[0]?.[1] ?? [];
    this.take(missed);
    return missed.length === READ_COUNT || isAfter(this.told, this.last ?? START);
  }
}
