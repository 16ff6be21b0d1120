import pino from 'pino';
import { afterEach, expect, test, vi } from 'vitest';
import { CHANNEL, connect, startChat } from './test-chat';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The warnings in the log after two clients joined by the field that is deprecated. */
async function warningsOfDeprecatedJoins(): Promise<string[]> {
  const lines: { msg: string }[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const { url } = await startChat({ logger });
  for (const client of [await connect(url), await connect(url)])
    expect(await client.ask('join_channel', { roomId: CHANNEL })).toMatchObject({ ok: true });
  return lines.map(({ msg }) => msg).filter((message) => message.includes('deprecated'));
}

test('in development the log says once that clients use a deprecated field', async () => {
  expect(await warningsOfDeprecatedJoins()).toEqual([
    expect.stringMatching(/\/roomId of the event "join_channel" is deprecated: Use `channelId`/),
  ]);
});

test('in production it does not', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  expect(await warningsOfDeprecatedJoins()).toEqual([]);
});
