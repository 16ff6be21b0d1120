import type { JournalRecord, KeptMessage, Position, RunRecord, SendRecord, Sighting } from './run-record';

/** What those know of an event who are told numbers. */
export interface Known extends Position {
  readonly message?: KeptMessage | undefined;
}

/** Finds what is known of an event, by what a member without numbers knows of it. */
export type Find = (channelId: string, event: Sighting['event'], id: string) => Known | undefined;

/** What tells an event from others for whoever has no number of it. */
const idOf = ({ event, subject, message }: Pick<JournalRecord, 'event' | 'subject' | 'message'>) =>
  event === 'sent' ? message?.id : subject;

/** Everything that has a number, as the store and members on Wirepact's wire know it. */
export function findKnown({ sightings, store, deployed }: RunRecord): Find {
  const known = new Map<string, Known>();
  /** Of two clears of a channel nobody says which one it was. */
  const ambiguous = new Set<string>();
  const keyOf = (channelId: string, event: string, id: string) => `${channelId} ${event} ${id}`;
  const note = (channelId: string, epoch: string, entry: JournalRecord) => {
    const { event, seq, message } = entry;
    const id = idOf(entry);
    if (id === undefined) return;
    const key = keyOf(channelId, event, id);
    const before = known.get(key);
    if (before && (before.epoch !== epoch || before.seq !== seq)) ambiguous.add(key);
    known.set(key, { epoch, seq, message });
  };
  for (const one of sightings)
    if (!deployed.has(one.client))
      note(one.channelId, one.epoch, { ...one, message: one.message as KeptMessage });
  for (const [channelId, { epoch, journal }] of store)
    for (const entry of journal) note(channelId, epoch, entry);
  return (channelId, event, id) => {
    const key = keyOf(channelId, event, id);
    return ambiguous.has(key) ? undefined : known.get(key);
  };
}

/**
 * Receipts of members on the deployed wire name a message and no number. Where nobody knows that of the first one, the others
 * are of a repeat in a later life of the channel.
 */
function numberReceipts(send: SendRecord, find: Find): SendRecord {
  const found = send.receipts.map(({ id }) => {
    const known = find(send.channelId, 'sent', id);
    return known && { id, epoch: known.epoch, seq: known.seq };
  });
  const receipts = found.filter((receipt) => receipt !== undefined);
  return { ...send, receipts, isRepeated: send.isRepeated || found[0] === undefined };
}

function numberSighting(sighting: Sighting, find: Find): Sighting[] {
  const { channelId, event, from, epoch: stay } = sighting;
  const id = idOf({ ...sighting, message: sighting.message as KeptMessage });
  const known = from === 'event' && id !== undefined ? find(channelId, event, id) : undefined;
  return known ? [{ ...sighting, epoch: known.epoch, seq: known.seq, stay }] : [];
}

/**
 * The same run, with the numbers of what members on the deployed wire were told. What nobody knows a number of is left out:
 * `checkUnknown` looks at that. They do not know where they stand, nor properties, nor of history what it answers.
 */
export function toNumbered(record: RunRecord): RunRecord {
  const { deployed, sends, sightings, views, store } = record;
  if (deployed.size === 0) return record;
  const find = findKnown(record);
  const numbered = [...views].map(([client, channels]) => {
    if (!deployed.has(client)) return [client, channels] as const;
    const same = [...channels].map(([channelId, view]) => {
      const { epoch = '', seq = 0, properties = {} } = store.get(channelId) ?? {};
      const messages = view.messages.map((message) => {
        const known = find(channelId, 'sent', message.id);
        return { ...message, seq: known?.seq ?? 0, answer: known?.message?.answer };
      });
      return [channelId, { ...view, messages, properties, position: { epoch, seq } }] as const;
    });
    return [client, new Map(same)] as const;
  });
  return {
    ...record,
    sends: sends.map((send) => (deployed.has(send.sender) ? numberReceipts(send, find) : send)),
    sightings: sightings.flatMap((one) => (deployed.has(one.client) ? numberSighting(one, find) : [one])),
    views: new Map(numbered),
  };
}
