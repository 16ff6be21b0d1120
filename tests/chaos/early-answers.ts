import type { Position } from './run-record';

/** So many are acknowledged and not stored at any time: more than can be on their way. */
const LATE = 10;

/** Something to be kept in a channel. */
interface Early<Kept> {
  readonly channelId: string;
  /** Names it among all. */
  readonly key: string;
  /** Where the channel stands. */
  readHead(): Promise<Position | undefined>;
  keep(): Promise<unknown>;
  /** What the answer says of it. */
  toKept(position: Position): Kept;
}

/**
 * Makes a function that tells the number something is going to have, and keeps it when so many others have come.
 * @param meet Is called each time.
 */
export function createEarlyAnswers<Kept>(meet: () => void) {
  const heads = new Map<string, Promise<{ epoch: string; seq: number } | undefined>>();
  const known = new Map<string, Kept>();
  const late: (() => Promise<unknown>)[] = [];
  return async ({ channelId, key, readHead, keep, toKept }: Early<Kept>) => {
    const reading = heads.get(channelId) ?? readHead().then((head) => head && { ...head });
    heads.set(channelId, reading);
    const head = await reading;
    if (!head) return undefined;
    const first = known.get(key);
    if (first) return { repeated: true, kept: first };
    head.seq += 1;
    const kept = toKept({ epoch: head.epoch, seq: head.seq });
    known.set(key, kept);
    late.push(keep);
    meet();
    const due = late.length > LATE ? late.shift() : undefined;
    if (due) await due();
    return { repeated: false, kept };
  };
}
