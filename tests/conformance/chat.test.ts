import { listChecks } from '@wirepact/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eliza, startChat } from './chat-server';

type Served = Awaited<ReturnType<typeof startChat>>;
let quiet: Served;
let answering: Served;
beforeAll(async () => {
  [quiet, answering] = await Promise.all([startChat(), startChat([eliza])]);
});
afterAll(async () => {
  await Promise.all([quiet.close(), answering.close()]);
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
