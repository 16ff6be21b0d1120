import type { RunRecord, Sighting } from './run-record';
import type { Violation } from './violation';

const lifeOf = ({ channelId, epoch }: Pick<Sighting, 'channelId' | 'epoch'>) => `${channelId} ${epoch}`;

/** Whether somebody asked for the deletion that ended this life and was answered. */
const isAnswered = ({ sightings }: RunRecord, life: string) =>
  sightings.some((one) => one.event === 'ended' && one.from === 'receipt' && lifeOf(one) === life);

/**
 * Whether a sighting is an end whose number may be another for somebody else. Where the answer to a deletion was lost,
 * each process finds that the channel is gone, and with it what its last number was: it takes the next one it knows.
 */
export const isEndWithoutNumber = (record: RunRecord, sighting: Sighting): boolean =>
  sighting.event === 'ended' && !isAnswered(record, lifeOf(sighting));

/** The number of the end of every life that somebody was told had ended; the highest, where there are several. */
function findEnds({ sightings }: RunRecord): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const end of sightings.filter(({ event }) => event === 'ended'))
    ends.set(lifeOf(end), Math.max(ends.get(lifeOf(end)) ?? 0, end.seq));
  return ends;
}

/** A life that has ended is over: nothing has a number behind its end, and the store has another epoch. */
function checkEnds(record: RunRecord, ends: ReadonlyMap<string, number>): Violation[] {
  const late = record.sightings.flatMap((sighting): Violation[] => {
    const { client, channelId, seq, subject: text, event } = sighting;
    const end = ends.get(lifeOf(sighting));
    if (end === undefined || seq <= end) return [];
    const what = `${seq} ${event} ${text} came in a channel that ended with ${end}`;
    return [{ rule: 'deleted stays deleted', client, channelId, text, seq, what }];
  });
  const alive = [...record.store].flatMap(([channelId, { epoch, seq }]): Violation[] => {
    const end = ends.get(lifeOf({ channelId, epoch }));
    if (end === undefined) return [];
    const what = `the channel ended with ${end}, and the store has the same epoch up to ${seq}`;
    return [{ rule: 'deleted stays deleted', channelId, seq, what }];
  });
  return [...late, ...alive];
}

/**
 * Only a deletion ends a life. Of most ends somebody was told: by the answer to the deletion or as an event. Where
 * the server was killed in between nobody was, so there may be one such end for each deletion without an answer.
 */
function checkCauses(record: RunRecord, ends: ReadonlyMap<string, number>): Violation[] {
  const channelIds = new Set(record.sightings.map(({ channelId }) => channelId));
  return [...channelIds].flatMap((channelId): Violation[] => {
    const seen = record.sightings.filter((sighting) => sighting.channelId === channelId);
    const past = new Set(seen.map(({ epoch }) => epoch));
    past.delete(record.store.get(channelId)?.epoch ?? '');
    const untold = [...past].filter((epoch) => !ends.has(lifeOf({ channelId, epoch })));
    const unanswered = record.deletions.filter(
      (deletion) => deletion.channelId === channelId && deletion.outcome === 'unknown',
    );
    if (untold.length <= unanswered.length) return [];
    const what = `${untold.length} epochs are no more for ${unanswered.length} deletions without an answer: ${untold}`;
    return [{ rule: 'another life by deletion only', channelId, what }];
  });
}

/** A channel has a life, named by its epoch, from its creation until its deletion. */
export function checkLives(record: RunRecord): Violation[] {
  const ends = findEnds(record);
  return [...checkEnds(record, ends), ...checkCauses(record, ends)];
}
