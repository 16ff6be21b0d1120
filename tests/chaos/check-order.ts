import { countUnnumbered } from './check-deployed';
import { isEndWithoutNumber } from './check-lives';
import type { Hole, JournalRecord, RunRecord, Sighting, StoredChannel } from './run-record';
import type { Violation } from './violation';

const nameOf = ({ event, subject }: Pick<Sighting, 'event' | 'subject'>) => `${event} ${subject}`.trim();

const toSighting = (channelId: string, { epoch }: StoredChannel, entry: JournalRecord): Sighting => ({
  ...{ client: 'the store', channelId, epoch, seq: entry.seq, event: entry.event, subject: entry.subject },
  from: 'event',
});

const allSightings = ({ sightings, store }: RunRecord): Sighting[] => [
  ...[...store].flatMap(([id, channel]) => channel.journal.map((entry) => toSighting(id, channel, entry))),
  ...sightings,
];

/** One order: a number of a channel is the same event for the store, for every member and in every receipt. */
export function checkNumbers(record: RunRecord): Violation[] {
  const first = new Map<string, Sighting>();
  return allSightings(record).flatMap((sighting): Violation[] => {
    const { client, channelId, epoch, seq, subject: text } = sighting;
    const key = `${channelId} ${epoch} ${seq}`;
    if (isEndWithoutNumber(record, sighting)) return [];
    const other = first.get(key);
    if (!other) first.set(key, sighting);
    if (!other || nameOf(other) === nameOf(sighting)) return [];
    const what = `${seq} is ${nameOf(sighting)}, but ${nameOf(other)} for ${other.client}`;
    return [{ rule: 'one event per number', client, channelId, text, seq, what }];
  });
}

/**
 * Whether everything between what a member had and what came next was a message that is deleted: a server that reads it
 * from the journal, as another one wrote it, does not find it any more, as in a replay.
 */
function isExplained(
  { sightings, sends, store }: RunRecord,
  { channelId, epoch, expected, got }: Hole,
): boolean {
  const isOfLife = (one: { channelId: string; epoch: string }) =>
    one.channelId === channelId && one.epoch === epoch;
  const kept = new Set(store.get(channelId)?.messages.map(({ id }) => id));
  const gone = new Set(
    sightings.filter((one) => isOfLife(one) && one.event === 'deleted').map(({ subject }) => subject),
  );
  const cleared = sightings.filter((one) => isOfLife(one) && one.event === 'cleared');
  const channel = store.get(channelId);
  const told = new Set(channel?.epoch === epoch ? channel.journal.map(({ seq }) => seq) : []);
  const missing = Array.from({ length: got - expected }, (_, index) => expected + index);
  // What a journal still tells was there to be told.
  if (missing.some((seq) => told.has(seq))) return false;
  return missing.every((seq) => {
    if (cleared.some((one) => one.seq > seq)) return true;
    const receipts = sends.flatMap((send) =>
      send.receipts.filter((one) => one.epoch === epoch && one.seq === seq && send.channelId === channelId),
    );
    const seen = sightings.filter((one) => isOfLife(one) && one.seq === seq).map(({ message }) => message);
    return [...receipts, ...seen].some((one) => one && gone.has(one.id) && !kept.has(one.id));
  });
}

/** A member is given events by rising number, and each once. */
export function checkRising(record: RunRecord): Violation[] {
  const { sightings, holes } = record;
  const last = new Map<string, number>();
  const falling = sightings.flatMap(
    ({ from, client, channelId, epoch, seq, subject, stay = '' }): Violation[] => {
      if (from !== 'event') return [];
      const key = `${client} ${channelId} ${epoch} ${stay}`;
      const before = last.get(key) ?? 0;
      last.set(key, seq);
      if (seq > before) return [];
      const what = `${seq} came after ${before}`;
      return [{ rule: 'rising numbers', client, channelId, text: subject, seq, what }];
    },
  );
  const skipped = holes
    .filter((hole) => !isExplained(record, hole))
    .map(({ client, channelId, expected, got }): Violation => {
      const what = `${got} came where ${expected} was due, on a connection that had been up`;
      return { rule: 'no gaps', client, channelId, seq: got, what };
    });
  return [...falling, ...skipped];
}

/**
 * Every number up to the channel's last one stands for an event that the journal has or somebody saw; or, before the channel
 * was cleared, for a message that only members know who are told no numbers.
 */
export function checkGaps(record: RunRecord): Violation[] {
  const known = new Set(
    allSightings(record).map(({ channelId, epoch, seq }) => `${channelId} ${epoch} ${seq}`),
  );
  return [...record.store].flatMap(([channelId, { epoch, seq: last }]) => {
    const numbers = Array.from({ length: last }, (_, index) => index + 1);
    const unknown = numbers.filter((seq) => !known.has(`${channelId} ${epoch} ${seq}`));
    const clears = allSightings(record).filter(
      (one) => one.channelId === channelId && one.epoch === epoch && one.event === 'cleared',
    );
    const lastClear = Math.max(0, ...clears.map(({ seq }) => seq));
    const cleared = unknown.filter((seq) => seq < lastClear);
    const areExplained = cleared.length <= countUnnumbered(record, channelId);
    return unknown
      .filter((seq) => !areExplained || seq > lastClear)
      .map((seq): Violation => ({ rule: 'no gaps', channelId, seq, what: `nobody knows an event ${seq}` }));
  });
}
