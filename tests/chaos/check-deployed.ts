import { findKnown } from './numbered';
import type { RunRecord, Sighting } from './run-record';
import type { Violation } from './violation';

/** A message that a member on the deployed wire has a receipt of, and nobody else knows, was deleted, alone or with all others. */
export function checkUnknown(record: RunRecord): Violation[] {
  const { sends, sightings, deletions, deployed } = record;
  if (deployed.size === 0) return [];
  const find = findKnown(record);
  const isGone = (channelId: string, id: string) =>
    deletions.some((one) => one.channelId === channelId) ||
    sightings.some(
      (one) =>
        one.channelId === channelId &&
        (one.event === 'cleared' || (one.event === 'deleted' && one.subject === id)),
    );
  return sends
    .filter(({ sender }) => deployed.has(sender))
    .flatMap(({ sender: client, channelId, text, receipts }) =>
      receipts
        .filter(({ id }) => !find(channelId, 'sent', id) && !isGone(channelId, id))
        .map(({ id }): Violation => {
          const what = `${text} was acknowledged as ${id}, which nobody knows`;
          return { rule: 'acknowledged is stored', client, channelId, text, what };
        }),
    );
}

/** How many messages of a channel may have a number that nobody was told: members on the deployed wire sent them, or heard of them. */
export function countUnnumbered({ deployed, sends, sightings, store }: RunRecord, channelId: string): number {
  const told = sightings.filter((one) => one.channelId === channelId && one.event === 'sent');
  const unnumbered = new Set([
    ...sends.filter((one) => one.channelId === channelId && deployed.has(one.sender)).map(({ text }) => text),
    ...told.filter(({ client }) => deployed.has(client)).map(({ subject }) => subject),
  ]);
  for (const { client, subject } of told) if (!deployed.has(client)) unnumbered.delete(subject);
  for (const { subject } of store.get(channelId)?.journal ?? []) unnumbered.delete(subject);
  return unnumbered.size;
}

/** What members on the deployed wire were told, by stays in the channels that are there in the end. */
function listStays({ sightings, store }: RunRecord): ReadonlyMap<string, readonly Sighting[]> {
  const stays = new Map<string, Sighting[]>();
  for (const one of sightings) {
    const { client, channelId, epoch, stay } = one;
    if (stay === undefined || store.get(channelId)?.epoch !== epoch) continue;
    const key = `${client} ${channelId} ${stay}`;
    stays.set(key, [...(stays.get(key) ?? []), one]);
  }
  return stays;
}

/** Who is in a channel without a break is told every message and deletion there was, between the first and the last it was told. */
export function checkStays(record: RunRecord): Violation[] {
  return [...listStays(record).values()].flatMap((told): Violation[] => {
    const [one] = told;
    if (!one) return [];
    const { client, channelId } = one;
    const numbers = told.map(({ seq }) => seq);
    const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
    const heard = new Set(numbers);
    const journal = record.store.get(channelId)?.journal ?? [];
    return journal
      .filter(({ event, seq }) => (event === 'sent' || event === 'deleted') && seq > first && seq < last)
      .filter(({ seq }) => !heard.has(seq))
      .map(({ event, subject: text, seq }): Violation => {
        const what = `${seq} ${event} ${text} was not told, between ${first} and ${last}`;
        return { rule: 'no gaps', client, channelId, text, seq, what };
      });
  });
}
