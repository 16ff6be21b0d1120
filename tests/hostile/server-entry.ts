import { createChatServer, createLogStream, createMemoryStore } from '@wirepact/server';
import pino from 'pino';
import { createGate } from '../e2e/gate';
import { isFrom, NETWORK } from './addresses';
import { answerCommands } from './answer-commands';
import {
  countObjects,
  countSockets,
  countSubscriptions,
  countTcp,
  type Figures,
  HookCounter,
  type Remains,
  watchTurns,
} from './server-figures';
import { HOSTS, isHostName } from './server-hosts';

const { HOSTILE_HOST: host = 'open' } = process.env;
if (!isHostName(host)) throw new Error(`There is no host ${host}.`);

const hooks = new HookCounter();
let gate = createGate();
const log = countSubscriptions(createLogStream());
const chat = createChatServer({
  store: createMemoryStore(),
  logger: pino({ level: 'info' }, log.stream),
  logStream: log.stream,
  ...HOSTS[host]({
    counted: hooks.counted,
    released: async (address) => (isFrom(NETWORK.bystander, address) ? undefined : gate.opened),
  }),
});
const tcp = countTcp(chat.httpServer);
const { port } = await chat.listen(0, '127.0.0.1');
const turns = watchTurns();

/** Messages that are posted together, so that a store on disk need not wait for each. */
const AT_ONCE = 10;

interface Posts {
  readonly channelId: string;
  readonly count: number;
  readonly text: string;
  /** Each in an attachment of its own. */
  readonly notes: readonly string[];
}

/** Posts as the host does, and comes round to others in between. */
async function post({ channelId, count, text, notes }: Posts) {
  await chat.channels.create({ id: channelId });
  const message = {
    channelId,
    serverId: channelId,
    senderId: 'host',
    senderName: 'Host',
    text,
    source: 'host',
  };
  const attachments = notes.map((note) => ({ url: 'https://a.test', type: 'file', note }));
  for (let posted = 0; posted < count; posted += AT_ONCE) {
    const length = Math.min(AT_ONCE, count - posted);
    await Promise.all(Array.from({ length }, () => chat.messages.post({ ...message, attachments })));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

answerCommands({
  start: () => port,
  figures: (): Figures => {
    const { calls, underWay, mostAtOnce } = hooks;
    return { longestTurnMs: turns.longestMs(), calls, underWay, mostAtOnce };
  },
  remains: (): Remains => ({
    ...{ sockets: countSockets(), logSubscriptions: log.count(), objects: countObjects() },
  }),
  connections: () => tcp(),
  restart: () => turns.restart(),
  hold: () => {
    gate = createGate();
  },
  release: () => gate.open(),
  post,
  close: () => chat.close(),
});
