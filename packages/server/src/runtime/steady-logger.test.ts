import type { Logger } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { hello, join, startChat } from '../chat/test-chat';
import { createMemoryStore } from '../index';
import { toSteadyLogger } from './steady-logger';
import { card, connectTo, startBoard } from './test-board';

/** A logger that does the same whatever it is told. */
function createLogger(log: () => unknown, isLevelEnabled: () => unknown): Logger {
  const logger = {
    debug: log,
    info: log,
    warn: log,
    error: log,
    fatal: log,
    isLevelEnabled,
    child: () => logger,
  };
  return logger as never;
}

const fail = () => {
  throw new Error('disk full');
};
const failing = {
  throws: createLogger(fail, fail),
  rejects: createLogger(
    async () => fail(),
    () => true,
  ),
};

/** What Node is told to warn of. */
function readWarnings() {
  const emit = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  onTestFinished(() => emit.mockRestore());
  return () => emit.mock.calls.map(([warning]) => String(warning));
}

test.each(Object.entries(failing))(
  'a logger that %s keeps no event from its answer',
  async (_name, logger) => {
    const warnings = readWarnings();
    const { server, url } = await startBoard(
      {
        refresh() {
          throw new Error('broken');
        },
      },
      { logger },
    );
    const client = await connectTo(url);
    expect(await client.ask('move_card', card)).toMatchObject({ ok: true });
    expect(await client.ask('move_card', {})).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
    expect(await client.ask('refresh')).toMatchObject({ error: { code: 'INTERNAL' } });
    expect(await client.ask('nonsense')).toMatchObject({ error: { code: 'UNKNOWN_EVENT' } });
    // Waits for what is under way.
    await server.close();
    expect(warnings()).toEqual(['The logger failed, and what it was told is lost: disk full']);
  },
);

test('nor what is asked of a chat and of its store', async () => {
  const logger = failing.throws;
  const warnings = readWarnings();
  const memory = createMemoryStore();
  const listMessages = () => Promise.reject(new Error('broken'));
  const { url } = await startChat({ logger, store: { ...memory, listMessages } });
  const client = await join(url);
  expect(await client.ask('send_message', hello())).toMatchObject({ ok: true });
  const { channelId } = hello();
  expect(await client.ask('list_messages', { channelId })).toMatchObject({ error: { code: 'INTERNAL' } });
  expect(warnings()).toEqual(['The logger failed, and what it was told is lost: disk full']);
});

test('a logger is used as itself, whatever it keeps in private', () => {
  class Counting {
    #lines = 0;
    get lines() {
      return this.#lines;
    }
    warn() {
      this.#lines += 1;
    }
    isLevelEnabled(level: string) {
      return this.#lines > 0 && level === 'warn';
    }
  }
  const counting = new Counting();
  const logger = toSteadyLogger(counting as never);
  expect(logger.isLevelEnabled('warn')).toBe(false);
  logger.warn('one');
  expect(logger.isLevelEnabled('warn')).toBe(true);
  expect(counting.lines).toBe(1);
});
