import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { ConformanceOptions, HostActions } from '@wirepact/conformance';
import {
  type Agent,
  type Authenticate,
  type ChatServerOptions,
  createChatServer,
  createLogStream,
  createMemoryStore,
  elizaos,
  type Handshake,
  type Identity,
} from '@wirepact/server';
import pino from 'pino';

/** Answers in several parts; takes its time, and uses a tool, where it is asked to. */
export const eliza: Agent = {
  id: randomUUID(),
  name: 'Eliza',
  async *respond({ text }, { signal }) {
    if (text.includes('tool')) {
      yield { tool: { id: 'one', name: 'look up' } };
      yield { tool: { id: 'one', name: 'look up', output: 'found' } };
    }
    const parts = text.includes('slowly') ? 40 : 3;
    for (let part = 0; part < parts && !signal.aborted; part += 1) {
      yield `part ${part} `;
      await setTimeout(5);
    }
  },
};

/** A channel that Ada may be in, and nobody else. */
export const PRIVATE_CHANNEL = '00000000-0000-4000-8000-00000000ada0';

const IDENTITIES = new Map<unknown, Identity>([
  ['ada', { entityId: 'ada', entityName: 'Ada Lovelace' }],
  ['ben', { entityId: 'ben' }],
]);

/** Who may connect to the chat where people sign in. */
export const byKey = ({ auth }: Pick<Handshake, 'auth'>) => IDENTITIES.get(auth.apiKey);

/** The two of them, as a run is told: by the keys that clients of ElizaOS have, too. */
export const TWO = {
  auth: { apiKey: 'ada' },
  otherAuth: { apiKey: 'ben' },
} as const satisfies ConformanceOptions;

/** How long an identity holds that soon ends, in milliseconds: long enough to connect, and a check waits for it. */
const SOON_MS = 1_500;

/** Who may connect to the chat where identities soon end. */
export const untilSoon: Authenticate = (handshake) => {
  const identity = byKey(handshake);
  return identity && { ...identity, expiresAt: Date.now() + SOON_MS };
};

const base = (): ChatServerOptions => {
  const logStream = createLogStream();
  return {
    logger: pino({ level: 'debug' }, logStream),
    logStream,
    rateLimit: false,
    dialects: [elizaos],
    store: createMemoryStore({ maxChannels: 100_000 }),
    maxChannels: 100_000,
    presence: { intervalMs: 10 },
    authorize: () => true,
  };
};

/** A chat server on which clients may do everything. @param options What is otherwise, such as `agents`. */
export async function startChat(options: ChatServerOptions = {}) {
  const server = createChatServer({ ...base(), ...options });
  const { url } = await server.listen(0, '127.0.0.1');
  return { url, server, close: () => server.close() };
}

/** A chat server on which people sign in, with what a run needs to know of it. */
export async function startSignedIn(options: ChatServerOptions = {}) {
  const { url, server, close } = await startChat({
    authenticate: byKey,
    authorize: ({ channelId, identity }) => channelId !== PRIVATE_CHANNEL || identity?.entityId === 'ada',
    ...options,
  });
  const host: HostActions = {
    disconnect: (entityId) => server.disconnect(entityId),
    remove: ({ id }, entityId) => server.channels.remove(id, entityId),
  };
  const run: ConformanceOptions = {
    ...TWO,
    privateRoom: PRIVATE_CHANNEL,
    host,
  };
  return { url, run, close };
}
