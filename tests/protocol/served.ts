import { createChatServer, createMemoryStore } from '@wirepact/server';
import pino from 'pino';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Target } from '../hostile/raw-tcp';

/** The server that tests talk to. */
export interface Served {
  readonly target: Target;
}

/** Runs tests against a chat server, with its fast path and without it. */
export function describeEachPath(name: string, tests: (served: Served) => void): void {
  describe.each([true, false])(`${name}; fastPath: %s`, (fastPath) => {
    const chat = createChatServer({
      ...{ store: createMemoryStore(), logger: pino({ level: 'silent' }) },
      ...{ rateLimit: false as const, fastPath },
    });
    let port = 0;
    beforeAll(async () => {
      ({ port } = await chat.listen(0, '127.0.0.1'));
    });
    afterAll(() => chat.close());
    tests({
      get target() {
        return { port, from: '127.0.0.1' };
      },
    });
  });
}
