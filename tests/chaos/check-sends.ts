import type { RunRecord, SendRecord, StoredChannel } from './run-record';
import type { Violation } from './violation';

const about = ({ sender: client, channelId, text, receipts }: SendRecord) => ({
  ...{ client, channelId, text, seq: receipts[0]?.seq },
});

/** Nothing waits forever. */
export function checkSettled({ sends, overdue }: RunRecord): Violation[] {
  const waiting = sends.filter(({ isSettled }) => !isSettled);
  return [
    ...waiting.map((send) => ({
      rule: 'settles' as const,
      ...about(send),
      what: `${send.text} still waits`,
    })),
    ...overdue.map((what) => ({ rule: 'settles' as const, what })),
  ];
}

/** Only a channel that somebody deleted does not take a message; on the deployed wire, one is lost with its connection. */
export const checkRefused = ({ sends, deletions, deployed }: RunRecord): Violation[] =>
  sends
    .filter(({ isSettled, receipts, failure }) => isSettled && receipts.length === 0 && failure !== undefined)
    .filter(
      ({ sender, failure, channelId }) =>
        !(failure === 'CHANNEL_NOT_FOUND' && deletions.some((one) => one.channelId === channelId)) &&
        !(failure === 'DISCONNECTED' && deployed.has(sender)),
    )
    .map((send) => ({
      ...{ rule: 'every message is taken', ...about(send) },
      what: `${send.text} was given up: ${send.failure}`,
    }));

/** However often a message is sent, it gets the same receipt, as long as its channel lives. */
export const checkReceipts = ({ sends }: RunRecord): Violation[] =>
  sends
    .filter(({ receipts }) => {
      const different = new Set(receipts.map(({ id, seq, epoch }) => `${id} ${seq} ${epoch}`));
      return different.size > new Set(receipts.map(({ epoch }) => epoch)).size;
    })
    .map((send) => ({
      ...{ rule: 'one receipt', ...about(send) },
      what: `${send.text} has the receipts ${send.receipts.map(({ seq, id }) => `${seq} (${id})`).join(', ')}`,
    }));

/** Whether a deletion or a clear that the journal has explains that a message is gone. */
const isGone = ({ journal }: StoredChannel, id: string, seq: number) =>
  journal.some(
    (entry) =>
      (entry.event === 'deleted' && entry.subject === id) || (entry.event === 'cleared' && entry.seq > seq),
  );

/**
 * Acknowledged means stored: under the number and the id of the receipt, unless deleted since. What was acknowledged
 * in an earlier life of its channel is gone with that; whether there were such lives, `checkLives` looks at.
 */
export function checkStored({ sends, store }: RunRecord): Violation[] {
  return sends.flatMap((send): Violation[] => {
    const channel = store.get(send.channelId);
    const receipt = send.receipts.find(({ epoch }) => epoch === channel?.epoch);
    if (!channel || !receipt) return [];
    const { id, seq } = receipt;
    const kept = channel.messages.find((message) => message.id === id);
    const isKept = kept?.seq === seq && kept.text === send.text && kept.senderId === send.sender;
    if (isKept || (!kept && seq <= channel.seq && isGone(channel, id, seq))) return [];
    const instead = kept ? `as ${kept.seq} ${kept.text}` : 'not at all';
    const what = `${send.text} was acknowledged as ${seq}, the store has it ${instead}`;
    return [{ rule: 'acknowledged is stored', ...about(send), what }];
  });
}

/** Exactly once in effect: the store has no message twice, and none that nobody sent. Answers have rules of their own. */
export function checkOnce({ sends, store }: RunRecord): Violation[] {
  const known = new Set(sends.map(({ sender, channelId, text }) => `${channelId} ${sender} ${text}`));
  return [...store].flatMap(([channelId, { messages }]) => {
    const seen = new Set<string>();
    return messages.flatMap(({ senderId: client, text, seq, answer }): Violation[] => {
      if (answer) return [];
      const key = `${channelId} ${client} ${text}`;
      const at = { client, channelId, text, seq };
      if (!known.has(key)) return [{ rule: 'stored was sent', ...at, what: `nobody sent ${text}` }];
      if (seen.has(key))
        return [{ rule: 'stored once', ...at, what: `the store has ${text} again as ${seq}` }];
      seen.add(key);
      return [];
    });
  });
}

/**
 * Exactly once also for those who look: in one life of a channel, a message has one number. A message that is sent
 * again after its channel was deleted and created anew is another one there, as nothing is left of the first.
 */
export function checkOneNumber({ sightings }: RunRecord): Violation[] {
  const first = new Map<string, number>();
  return sightings.flatMap(({ event, client, channelId, epoch, seq, subject: text }): Violation[] => {
    if (event !== 'sent') return [];
    const key = `${channelId} ${epoch} ${text}`;
    const other = first.get(key) ?? seq;
    first.set(key, other);
    if (other === seq) return [];
    return [{ rule: 'stored once', client, channelId, text, seq, what: `${text} is ${other} and ${seq}` }];
  });
}

/** In one life of a channel, messages of one sender are numbered as they were sent; those sent a second time past the outbox may overtake. */
export function checkSenderOrder({ sends }: RunRecord): Violation[] {
  const last = new Map<string, number>();
  return sends.flatMap((send): Violation[] => {
    const [receipt] = send.receipts;
    if (!receipt || send.isRepeated) return [];
    const { seq } = receipt;
    const key = `${send.channelId} ${receipt.epoch} ${send.sender}`;
    const before = last.get(key) ?? 0;
    last.set(key, Math.max(before, seq));
    if (seq > before) return [];
    const what = `${send.text} was sent after the message that has ${before}, and has ${seq}`;
    return [{ rule: 'order of the sender', ...about(send), what }];
  });
}
