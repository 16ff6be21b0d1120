import { must, mustEqual, mustHave, show } from '../../check/expectations';
import type { Fields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import { AGENT_ID, type ChatRow, type ChatTrial } from '../chat/chat-trial';

const LEVELS = ['debug', 'info', 'warn', 'error'];
const NO_ENTRIES = 'the server logged nothing meanwhile';
const NO_READER = 'this client may not read logs';

/** Subscribes; skips the check where that is not for this client. */
function subscribe(chat: ChatTrial, client: WireClient): Promise<Fields> {
  client.emit('subscribe_logs');
  return chat.nextUnless(client, 'log_subscription_confirmed', 'FORBIDDEN', NO_READER);
}

/** Makes the server log something: what is wrong is worth a line to most. */
async function causeEntry(chat: ChatTrial, ...readers: readonly WireClient[]): Promise<void> {
  await chat.refused(await chat.connect(), 'send_message', {});
  for (const client of readers) await chat.catchUp(client);
}

/** A client that reads the whole log. */
async function reader(chat: ChatTrial): Promise<WireClient> {
  const client = await chat.connect();
  await subscribe(chat, client);
  client.emit('set_log_filter', { level: 'debug' });
  await chat.catchUp(client);
  return client;
}

/** Entries of the log; skips the check where there are none. */
async function entriesOf(chat: ChatTrial): Promise<[Fields, ...Fields[]]> {
  const client = await reader(chat);
  await causeEntry(chat, client);
  const [entry, ...more] = client.all('log_update');
  return entry ? [entry, ...more] : chat.trial.skip(NO_ENTRIES);
}

/** Filters by which no entry passes that has not what they name. */
const FILTERS: readonly (readonly [rule: string, title: string, filter: Fields])[] = [
  ['LOG-10', 'with an agent in the filter, only its entries come', { agentId: AGENT_ID }],
  ['LOG-11', 'with a category in the filter, only its entries come', { category: 'conformance' }],
  ['LOG-12', 'an entry has to pass all that a filter has', { level: 'error', category: 'conformance' }],
];

const severity = (level: unknown) => LEVELS.indexOf(String(level));

/** Whether an entry passes a filter. A level that the document does not have is taken for severe. */
const passes = (entry: Fields, { level, agentId = entry.agentId, category = entry.category }: Fields) =>
  (severity(entry.level) === -1 || severity(entry.level) >= severity(level)) &&
  entry.agentId === agentId &&
  entry.category === category;

/** Looks at what comes through a filter. @throws Violation Where that has not what it names. */
async function mustFilter(chat: ChatTrial, client: WireClient, filter: Fields): Promise<void> {
  const control = await reader(chat);
  const { length } = client.all('log_update');
  await causeEntry(chat, client, control);
  if (control.all('log_update').length === 0) chat.trial.skip(NO_ENTRIES);
  const others = client.all('log_update').slice(length);
  mustEqual(
    others.filter((entry) => !passes(entry, filter)).length,
    0,
    'how many entries come that do not pass',
  );
}

const filterRows: readonly ChatRow[] = FILTERS.map(([rule, title, filter]) => [
  rule,
  title,
  async (chat) => {
    const client = await chat.connect();
    client.emit('set_log_filter', filter);
    await subscribe(chat, client);
    client.emit('set_log_filter', filter);
    await chat.catchUp(client);
    await mustFilter(chat, client, filter);
  },
]);

/** The document’s section “Log Streaming Events”. */
export const LOGS: readonly ChatRow[] = [
  [
    'LOG-2',
    'subscribing is confirmed to the sender, and to nobody else',
    async (chat) => {
      const [ada, ben] = [await chat.connect(), await chat.connect()];
      await subscribe(chat, ada);
      await chat.catchUp(ben);
      mustEqual(ben.all('log_subscription_confirmed').length, 0, 'how often it comes to another client');
    },
    'Confirmation of log subscription.',
  ],
  [
    'LOG-3',
    'the confirmation is what the document says, word for word',
    async (chat) => {
      const confirmed = await subscribe(chat, await chat.connect());
      const message = 'Successfully subscribed to log stream';
      mustHave(confirmed, { subscribed: true, message }, 'log_subscription_confirmed');
    },
    'message: string;     // "Successfully subscribed to log stream"',
  ],
  [
    'LOG-4',
    'a log entry has an id, a time, a level, a category and a message',
    async (chat) => {
      const [entry] = await entriesOf(chat);
      for (const name of ['id', 'timestamp', 'level', 'category', 'message'])
        must(typeof entry[name] === 'string', `log_update.${name} is ${show(entry[name])}`);
      must(String(new Date(String(entry.timestamp))) !== 'Invalid Date', 'log_update.timestamp is no time');
    },
    'timestamp: string;           // ISO timestamp',
  ],
  [
    'LOG-5',
    'an entry has no agent where it is about none',
    async (chat) => {
      for (const { agentId } of await entriesOf(chat))
        must(agentId === undefined || typeof agentId === 'string', `log_update.agentId is ${show(agentId)}`);
    },
    'agentId?: string;            // Associated agent ID',
  ],
  [
    'LOG-17',
    'an entry has no stack',
    async (chat) => must(!/\\n\s+at /.test(JSON.stringify(await entriesOf(chat))), 'a log entry has a stack'),
  ],
  [
    'LOG-6',
    'who has not subscribed gets no log entries',
    async (chat) => {
      const client = await chat.connect();
      await causeEntry(chat, client);
      mustEqual(client.all('log_update').length, 0, 'entries for who has not subscribed');
    },
    'Subscribe to real-time log updates.',
  ],
  [
    'LOG-7',
    'who has unsubscribed gets no more log entries',
    async (chat) => {
      const client = await reader(chat);
      client.emit('unsubscribe_logs');
      await chat.catchUp(client);
      const { length } = client.all('log_update');
      await causeEntry(chat, client);
      mustEqual(client.all('log_update').length, length, 'entries for who has unsubscribed');
    },
    'Unsubscribe from log updates.',
  ],
  [
    'LOG-8',
    'unsubscribing has no event that confirms it, and needs no subscription',
    async (chat) => {
      const client = await chat.connect();
      client.emit('unsubscribe_logs');
      await chat.catchUp(client);
      const others = client.timeline.filter((event) => !/^connection_|_joined$/.test(event));
      mustEqual(others, [], 'the events that come besides those of a connection and a join');
    },
  ],
  ...filterRows,
  [
    'LOG-13',
    'a filter replaces the one before it whole',
    async (chat) => {
      const [client, control] = [await reader(chat), await reader(chat)];
      client.emit('set_log_filter', { category: 'conformance', agentId: AGENT_ID });
      client.emit('set_log_filter', { level: 'debug' });
      await chat.catchUp(client);
      const { length } = client.all('log_update');
      await causeEntry(chat, control);
      if (control.all('log_update').length === 0) chat.trial.skip(NO_ENTRIES);
      await client.until(
        () => client.all('log_update')[length],
        'nothing passes a filter that lets all pass',
      );
    },
  ],
  [
    'LOG-14',
    'a filter that was set before subscribing holds',
    async (chat) => {
      const client = await chat.connect();
      const filter = { category: 'conformance' };
      client.emit('set_log_filter', filter);
      await subscribe(chat, client);
      await mustFilter(chat, client, filter);
    },
  ],
  [
    'LOG-9',
    'a filter takes the four levels, an agent and a category, and all may be left out',
    async (chat) => {
      const client = await chat.connect();
      for (const level of LEVELS) client.emit('set_log_filter', { level });
      client.emit('set_log_filter', { agentId: chat.trial.newId(), category: 'conformance' });
      client.emit('set_log_filter', {});
      await chat.catchUp(client);
      const [error] = client.all('messageError');
      if (error?.code === 'FORBIDDEN') chat.trial.skip(NO_READER);
      mustEqual(error, undefined, 'messageError');
    },
    "level?: 'debug' | 'info' | 'warn' | 'error';  // Minimum log level",
  ],
  [
    'LOG-15',
    'subscribing again is confirmed again',
    async (chat) => {
      const client = await chat.connect();
      await subscribe(chat, client);
      await subscribe(chat, client);
    },
  ],
  [
    'LOG-16',
    'another level, and an agentId that is no UUID, are refused',
    async (chat) => {
      const client = await chat.connect();
      for (const filter of [{ level: 'trace' }, { level: 3 }, { agentId: 'agent' }])
        await chat.refused(client, 'set_log_filter', filter);
    },
  ],
];
