import { randomUUID } from 'node:crypto';
import type { AgentPart, ChatServerOptions } from '@wirepact/server';
import { type Agent, type ChatServer, createChatServer, createMemoryStore } from '@wirepact/server';
import pino from 'pino';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type ClientOptions, type Fields, open, type SeedClient } from './seed-client';
import { checkPacket } from './wire-check';

/** The document's own ids. */
export const ZERO_UUID = '00000000-0000-0000-0000-000000000000';
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Both ways to connect; everything has to hold on each. */
export const TRANSPORTS: readonly { name: string; transport: ClientOptions }[] = [
  { name: 'websocket', transport: { transports: ['websocket'] } },
  { name: 'polling, then upgrade', transport: { transports: ['polling', 'websocket'] } },
];

export const silent = pino({ level: 'silent' });

/** A new channel for a test, so that tests do not meet. */
export const newChannel = (): string => randomUUID();

/** A message as the document's example has it. */
export const hello = (channelId: string, fields: Fields = {}): Fields => ({
  channelId,
  serverId: ZERO_UUID,
  text: 'Hello, how can I help you?',
  entityId: 'user-123',
  ...fields,
});

/** An agent that answers with what `answer` yields. */
export const createAgent = (
  name: string,
  answer: (text: string) => Iterable<AgentPart> | AsyncIterable<AgentPart>,
): Agent => ({
  id: randomUUID(),
  name,
  async *respond(message) {
    yield* answer(message.text);
  },
});

/** A chat server for the tests around, and clients of it. */
export interface ChatFixture {
  readonly server: ChatServer;
  readonly url: string;
  /** A client that is connecting. */
  open(options?: ClientOptions): SeedClient;
  /** A client that has been greeted. */
  connect(options?: ClientOptions): Promise<SeedClient>;
  /** A client in a channel, with nothing in its memory. */
  joined(channelId: string, options?: ClientOptions): Promise<SeedClient>;
}

/** Starts a server before the tests around and closes it after them. Checks every packet that a client was sent. */
export function useChat(options: ChatServerOptions = {}, transport: ClientOptions = {}): ChatFixture {
  let server: ChatServer | undefined;
  let url = '';
  /** With how many of their packets are checked. */
  const clients = new Map<SeedClient, number>();

  beforeAll(async () => {
    server = createChatServer({ logger: silent, rateLimit: false, store: createMemoryStore(), ...options });
    ({ url } = await server.listen(0, '127.0.0.1'));
  });
  afterEach(() => {
    for (const [client, checked] of clients) {
      clients.set(client, client.transcript.length);
      for (const packet of client.transcript.slice(checked)) checkPacket(packet);
    }
  });
  afterAll(async () => {
    for (const client of clients.keys()) client.close();
    await server?.close();
  });

  const openClient = (clientOptions: ClientOptions = {}) => {
    const client = open(url, { ...transport, ...clientOptions });
    clients.set(client, 0);
    return client;
  };
  const connect = async (clientOptions?: ClientOptions) => {
    const client = openClient(clientOptions);
    await client.next('connection_established');
    return client;
  };

  return {
    get server() {
      if (!server) throw new Error('The server starts in beforeAll.');
      return server;
    },
    get url() {
      return url;
    },
    open: openClient,
    connect,
    async joined(channelId, clientOptions) {
      const client = await connect(clientOptions);
      await client.join(channelId);
      client.forget();
      return client;
    },
  };
}
