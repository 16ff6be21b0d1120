import { readAnswer, readQuestion, toAnswer } from './answers';
import type { KeptMessage, RunRecord, StoredChannel, TurnRecord } from './run-record';
import type { Violation } from './violation';

/** No turn is under way when the run is over, in the store or in a view. */
function checkEnded({ openTurns, views }: RunRecord): Violation[] {
  const left = [...views].flatMap(([client, channels]) =>
    [...channels].flatMap(([channelId, { streaming }]) =>
      streaming.map((text): Violation => {
        return { rule: 'every turn ends', client, channelId, text, what: `${text} is still being said` };
      }),
    ),
  );
  const open = {
    rule: 'every turn ends',
    what: `${openTurns} turns are still under way in the store`,
  } as const;
  return openTurns > 0 ? [open, ...left] : left;
}

/** A message has one answer in a life of its channel, also for those who saw one that is gone. */
function checkOneAnswer({ sightings, store }: RunRecord): Violation[] {
  const first = new Map<string, string>();
  const stored = [...store].flatMap(([channelId, { epoch, messages }]) =>
    messages.map((message) => ({
      ...{ client: 'the store', channelId, epoch, seq: message.seq, message, subject: message.text },
    })),
  );
  return [...stored, ...sightings].flatMap(
    ({ client, channelId, epoch, seq, message, subject: text }): Violation[] => {
      if (!message?.answer) return [];
      const key = `${channelId} ${epoch} ${message.answer.question}`;
      const place = `${seq} ${message.id}`;
      const other = first.get(key) ?? place;
      first.set(key, other);
      if (other === place) return [];
      const what = `the answers ${other} and ${place} are to one message`;
      return [{ rule: 'one answer a turn', client, channelId, text, seq, what }];
    },
  );
}

/** On one connection the end of a turn is told once. */
function checkToldOnce({ toldEnds }: RunRecord): Violation[] {
  const told = new Set<string>();
  return toldEnds.flatMap(({ client, channelId, question, name, connection }): Violation[] => {
    const key = `${client} ${connection} ${name} ${question}`;
    const isFirst = !told.has(key);
    told.add(key);
    const what = `${name} of the answer to ${question} came again on one connection`;
    return isFirst ? [] : [{ rule: 'an end is told once', client, channelId, what }];
  });
}

/** What a store has of an answer is what its agent said, from the beginning. */
const checkSaid = ({ store }: RunRecord): Violation[] =>
  [...store].flatMap(([channelId, { messages }]) =>
    messages.flatMap(({ answer, text, seq }): Violation[] => {
      if (!answer || readAnswer(text)) return [];
      return [{ rule: 'as it was said', channelId, text, seq, what: `nobody said ${text}` }];
    }),
  );

/** Every text and chunk of an answer under way goes on where the one before ended. */
const checkMisfits = ({ misfits }: RunRecord): Violation[] =>
  misfits.map(({ client, channelId, messageId, what }) => ({
    ...{ rule: 'as it was said', client, channelId },
    what: `${messageId}: ${what}`,
  }));

/** Whether the answer was kept, and is gone since. */
const isGone = ({ journal }: StoredChannel, messageId: string, after: number) =>
  journal.some(
    ({ event, subject, seq }) =>
      (event === 'deleted' && subject === messageId) || (event === 'cleared' && seq > after),
  );

/** How an answer may have ended that was not interrupted; on a machine that is slow the time may be up before. */
const ENDS = {
  whole: [undefined, 'timeout'],
  stopped: [undefined, 'cancelled', 'timeout'],
  fails: ['failed', 'timeout'],
  hangs: ['timeout'],
} as const;

/** What is wrong with the message that a turn has left, if anything. */
function findFlaw(question: string, turn: TurnRecord, message: KeptMessage | undefined): string | undefined {
  const planned = readQuestion(question);
  if (!planned) return message && 'was answered, though it should not be';
  const mustBeThere = turn.isKept || (turn.isEnded && !turn.isTakenOver);
  if (!message) return mustBeThere ? 'has no answer, though the agent said something' : undefined;
  if (turn.isTakenOver) return undefined;
  const end = message.answer?.incomplete;
  const ends: readonly (string | undefined)[] = ENDS[planned.kind];
  if (!ends.includes(end)) return `ended as ${end ?? 'whole'}`;
  const isWhole = message.text === toAnswer(question, planned.chunks);
  return isWhole || end === 'timeout' || end === 'cancelled' ? undefined : `is answered with ${message.text}`;
}

/** A turn leaves the message that it has to; one whose process is gone, where anything of it was kept. */
function checkLeft({ turns, sends, store }: RunRecord): Violation[] {
  const questions = new Map(
    sends.flatMap((send) =>
      send.receipts.map((receipt) => [receipt.id, { ...receipt, text: send.text }] as const),
    ),
  );
  return turns.flatMap((turn): Violation[] => {
    const { channelId, messageId } = turn;
    const asked = questions.get(turn.question);
    const channel = store.get(channelId);
    if (!asked || channel?.epoch !== asked.epoch) return [];
    const message = channel.messages.find(({ id }) => id === messageId);
    const flaw = findFlaw(asked.text, turn, message);
    if (!flaw || (!message && isGone(channel, messageId, asked.seq))) return [];
    const { text, seq } = asked;
    return [{ rule: 'ends as it should', channelId, text, seq, what: `${text} ${flaw}` }];
  });
}

/** Every turn ends once, in the store and for everybody, with what was said. */
export const checkTurns = (record: RunRecord): Violation[] =>
  [checkEnded, checkOneAnswer, checkToldOnce, checkSaid, checkMisfits, checkLeft].flatMap((check) =>
    check(record),
  );
