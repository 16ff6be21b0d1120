import type {
  JournalRecord,
  KeptMessage,
  MemberView,
  Properties,
  RunRecord,
  StoredChannel,
} from './run-record';
import type { Violation } from './violation';

const nameOf = ({ seq, text, senderId, id, answer }: KeptMessage) =>
  `${seq} ${text} of ${senderId} (${id}${answer?.incomplete ? `, ${answer.incomplete}` : ''})`;

/** What is left of a channel after all that its journal tells. */
export function replay(journal: readonly JournalRecord[]): {
  messages: KeptMessage[];
  properties: Properties;
} {
  let messages: KeptMessage[] = [];
  let properties: Properties = {};
  for (const { event, subject, message, updates } of journal) {
    if (message) messages.push(message);
    if (event === 'deleted') messages = messages.filter(({ id }) => id !== subject);
    if (event === 'cleared') messages = [];
    if (updates) properties = { ...properties, ...updates };
  }
  return { messages, properties };
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The store's messages and properties are what its journal makes of the channel. */
export const checkJournal = ({ store }: RunRecord): Violation[] =>
  [...store].flatMap(([channelId, { journal, messages, properties }]): Violation[] => {
    const replayed = replay(journal);
    const isTold = isSame(replayed.messages.map(nameOf), messages.map(nameOf));
    if (isTold && isSame(replayed.properties, properties)) return [];
    const what = `${messages.length} messages are stored, the journal makes ${replayed.messages.length}`;
    return [{ rule: 'store agrees with its journal', channelId, what }];
  });

type Place = { readonly client: string; readonly channelId: string };

function compareMessages(place: Place, view: MemberView, stored: StoredChannel): Violation[] {
  const seen = new Set(view.messages.map(nameOf));
  const kept = new Set(stored.messages.map(nameOf));
  const at = ({ text, seq }: KeptMessage) => ({ ...place, text, seq });
  const extra = view.messages.filter((message) => !kept.has(nameOf(message)));
  const missing = stored.messages.filter((message) => !seen.has(nameOf(message)));
  return [
    ...extra.map((message) => ({
      ...{ rule: 'in a view, not in the store' as const, ...at(message), what: nameOf(message) },
    })),
    ...missing.map((message) => ({
      ...{ rule: 'in the store, not in a view' as const, ...at(message), what: nameOf(message) },
    })),
  ];
}

function compareRest(place: Place, view: MemberView, stored: StoredChannel): Violation[] {
  const { position, messages, properties, unsent } = view;
  const complaints: string[] = [];
  if (position?.epoch !== stored.epoch || position.seq !== stored.seq)
    complaints.push(
      `it stands at ${position?.seq} of ${position?.epoch}, the store at ${stored.seq} of ${stored.epoch}`,
    );
  if (!isSame(properties, stored.properties))
    complaints.push(`properties are ${JSON.stringify(properties)}, not ${JSON.stringify(stored.properties)}`);
  if (unsent.length > 0) complaints.push(`it still shows as unsent: ${unsent.join(', ')}`);
  if (messages.length !== new Set(messages.map(({ id }) => id)).size)
    complaints.push('it shows a message twice');
  if (messages.some(({ seq }, index) => seq <= (messages[index - 1]?.seq ?? 0)))
    complaints.push('its messages are not in the order of their numbers');
  return complaints.map((what) => ({ rule: 'view is as the store', ...place, what }));
}

/** Every member ends with what the store has: no message half-present, none left over, nothing else either. */
export function checkViews({ views, store }: RunRecord): Violation[] {
  return [...views].flatMap(([client, channels]) =>
    [...channels].flatMap(([channelId, view]): Violation[] => {
      const stored = store.get(channelId);
      const place = { client, channelId };
      if (!stored)
        return [{ rule: 'in a view, not in the store', ...place, what: 'there is no such channel' }];
      return [...compareMessages(place, view, stored), ...compareRest(place, view, stored)];
    }),
  );
}
