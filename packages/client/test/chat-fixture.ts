import { afterEach, beforeEach } from 'vitest';
import type { ChatClient, ChatClientOptions, Observable } from '../src/index';
import { createChatClient } from '../src/index';
import { SocketServer } from './socket-server';

/** A server for every test, and clients that are closed after it. */
export function useChatFixture() {
  const clients: ChatClient[] = [];
  const fixture = {
    server: undefined as unknown as SocketServer,
    /** A client that reconnects within milliseconds and sends no heartbeats. */
    client(options: ChatClientOptions = {}): ChatClient {
      const chat = createChatClient(fixture.server.url, {
        transports: ['websocket'],
        reconnectionDelay: 5,
        reconnectionDelayMax: 20,
        heartbeatIntervalMs: 0,
        entityId: 'user-123',
        ...options,
      });
      clients.push(chat);
      return chat;
    },
  };
  beforeEach(async () => {
    fixture.server = await SocketServer.start();
  });
  afterEach(async () => {
    for (const chat of clients.splice(0)) chat.close();
    await fixture.server.close();
  });
  return fixture;
}

/** Resolves with the first value, the present one included, that `isWanted` accepts. */
export function untilState<Value>(
  observable: Observable<Value>,
  isWanted: (value: Value) => boolean,
): Promise<Value> {
  return new Promise((resolve) => {
    const stop = observable.subscribe(look);
    function look(value: Value) {
      if (!isWanted(value)) return;
      stop?.();
      resolve(value);
    }
    if (isWanted(observable.get())) look(observable.get());
  });
}

/** What `promise` rejects with. */
export const rejectionOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => {
      throw new Error(`resolved with ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
