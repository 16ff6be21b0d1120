import { must, mustEqual, mustHave, show } from '../../check/expectations';
import type { Fields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ChatRow, ChatTrial } from '../chat/chat-trial';

const LEVELS = ['debug', 'info', 'warn', 'error'];
const NO_READER = 'this client may not read logs';

/** Subscribes; skips the check where that is not for this client. */
function subscribe(chat: ChatTrial, client: WireClient): Promise<Fields> {
  client.emit('subscribe_logs');
  return chat.nextUnless(client, 'log_subscription_confirmed', 'FORBIDDEN', NO_READER);
}

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
      const client = await chat.connect();
      await subscribe(chat, client);
      client.emit('set_log_filter', { level: 'debug' });
      await chat.refused(client, 'send_message', {});
      await chat.catchUp(client);
      const [entry] = client.all('log_update');
      if (!entry) return chat.trial.skip('the server logged nothing meanwhile');
      for (const name of ['id', 'timestamp', 'level', 'category', 'message'])
        must(typeof entry[name] === 'string', `log_update.${name} is ${show(entry[name])}`);
      must(String(new Date(String(entry.timestamp))) !== 'Invalid Date', 'log_update.timestamp is no time');
      must(!/\n\s+at /.test(JSON.stringify(client.all('log_update'))), 'a log entry has a stack');
    },
    'timestamp: string;           // ISO timestamp',
  ],
  [
    'LOG-6',
    'who has not subscribed, or no more, gets no log entries',
    async (chat) => {
      const [ada, ben] = [await chat.connect(), await chat.connect()];
      await subscribe(chat, ada);
      ada.emit('unsubscribe_logs');
      await chat.catchUp(ada);
      const before = ada.all('log_update').length;
      await chat.refused(ben, 'send_message', {});
      await chat.catchUp(ben);
      await chat.catchUp(ada);
      mustEqual(ben.all('log_update').length, 0, 'entries for who has not subscribed');
      mustEqual(ada.all('log_update').length, before, 'entries for who has unsubscribed');
    },
    'Subscribe to real-time log updates.',
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
