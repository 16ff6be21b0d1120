import { listChecks } from '@wirepact/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eliza, startChat } from './chat-server';

type Served = Awaited<ReturnType<typeof startChat>>;
let quiet: Served;
let answering: Served;
let limited: Served;
beforeAll(async () => {
  [quiet, answering, limited] = await Promise.all([
    startChat(),
    startChat([eliza]),
    startChat([], { points: 300 }),
  ]);
});
afterAll(async () => {
  await Promise.all([quiet.close(), answering.close(), limited.close()]);
});

describe.each(['document', 'wirepact', 'elizaos'] as const)('the chat server keeps to %s', (profile) => {
  test.concurrent.each(listChecks({ profiles: [profile] }))('$transport: $rule $title', async ({ run }) => {
    const { skipped } = await run(quiet.url);
    if (skipped === undefined) return;
    // What agents do is only seen where there are some.
    expect(skipped).toBe('no agent answers on this server');
    expect(await run(answering.url)).toEqual({});
  });
});

const FLOODS = listChecks({ profiles: ['wirepact'], floods: true, rules: ['RATE-5', 'JOIN-17', 'ERR-22'] });

describe('the chat server keeps to wirepact where there is much', () => {
  test.each(FLOODS)('$transport: $rule $title', async ({ rule, run }) => {
    expect(await run(rule === 'RATE-5' ? limited.url : quiet.url)).toEqual({});
  });
});
