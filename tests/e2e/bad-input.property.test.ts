import type { EventRegistry } from '@wirepact/contract/runtime';
import { ZERO_UUID } from '@wirepact/protocol';
import { protocol } from '@wirepact/protocol/definition';
import { createMemoryStore } from '@wirepact/server';
import fc, { type Arbitrary } from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { useChat } from './chat-fixture';
import { invalidOf, type JsonSchema, validOf } from './payload-arbitraries';
import type { Answer, SeedClient } from './seed-client';
import { watchChanges } from './watched-store';

const RUNS = 60;
const BATCH = 12;
/** Bytes of a payload: what is over the frame that a server reads ends the connection, and is not answered. */
const MAX_BYTES = 1_000_000;

interface Sample {
  readonly payload: unknown;
  readonly isValid: boolean;
}

const definitions: EventRegistry = protocol.clientToServer;
const withPayload = Object.entries(definitions).flatMap(([event, { payload }]): [string, JsonSchema][] =>
  payload?.declaration ? [[event, Object(payload.declaration.json)]] : [],
);
const { payload: messageError } = protocol.serverToClient.messageError;

const has = (payload: unknown, name: string) =>
  typeof payload === 'object' && payload !== null && Object.hasOwn(payload, name);

/** A page has one direction, which its schema does not say. */
const isContradictory = (payload: unknown) => has(payload, 'before') && has(payload, 'after');

/** A batch of payloads, each known by the way it is made to be valid or not. */
function samplesOf(schema: JsonSchema): Arbitrary<Sample[]> {
  const valid = validOf(schema).map((payload): Sample => ({ payload, isValid: !isContradictory(payload) }));
  const invalid = invalidOf(schema)?.map((payload): Sample => ({ payload, isValid: false }));
  const samples = invalid ? fc.oneof(valid, { arbitrary: invalid, weight: 3 }) : valid;
  const fitting = samples.filter(
    ({ payload }) => Buffer.byteLength(JSON.stringify(payload) ?? '') <= MAX_BYTES,
  );
  return fc.array(fitting, { minLength: 1, maxLength: BATCH });
}

const stringOf = (payload: unknown, name: string): string | undefined => {
  const value: unknown =
    typeof payload === 'object' && payload !== null ? Reflect.get(payload, name) : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** UUIDs are the same in upper and lower case; the server writes them in lower case. */
const channelOf = (payload: unknown) =>
  (stringOf(payload, 'channelId') ?? stringOf(payload, 'roomId'))?.toLowerCase();

/** Whether an event is to create its channel; whatever else is about one needs it to be there. */
const createsChannel = (event: string, payload: unknown) =>
  event === 'join_channel' && !has(payload, 'resume');

/** Events about an answer under way, of which there is none: what is valid is told so. */
const FINDS_NOTHING = new Set(['begin_answer', 'continue_answer']);

/** What the store is to be asked for by a valid payload, if for anything. */
function effectOf(event: string, payload: unknown): string | undefined {
  switch (event) {
    case 'join_channel':
      return createsChannel(event, payload) ? channelOf(payload) : undefined;
    case 'send_message':
      return stringOf(payload, 'text');
    case 'delete_message':
      return stringOf(payload, 'messageId')?.toLowerCase();
    case 'clear_channel':
    case 'update_channel':
    case 'delete_channel':
      return channelOf(payload);
    default:
      return undefined;
  }
}

/** Events of members alone. */
const FOR_MEMBERS = new Set(['cancel_response', 'watch_presence', 'update_presence']);

/** Every way a failure is told is there, agrees with the others, and matches the contract. */
function expectRefused(event: string, { ok, error }: Answer, told: unknown): void {
  expect(ok).toBe(false);
  expect(told).toMatchObject({ event, error: error?.message, code: error?.code });
  expect(messageError.issues(told)).toEqual([]);
  const { message, ...details } = error ?? {};
  expect(messageError.issues({ error: message, ...details })).toEqual([]);
  expect(['INVALID_PAYLOAD', 'INVALID_UUID', 'PAYLOAD_TOO_LARGE']).toContain(error?.code);
}

describe.each(withPayload)('%s', (event, schema) => {
  const memory = createMemoryStore({ maxChannels: 100_000 });
  const accepted: string[] = [];
  const store = watchChanges(memory, ({ what }) => accepted.push(what));
  const chat = useChat({ store, authorize: () => true, maxChannelsPerConnection: 100_000 });
  let client: SeedClient;
  beforeAll(async () => {
    client = await chat.connect();
  });

  /** What an event is about has to be there, whether the payload is valid or not; only a join creates. */
  const prepare = async ({ payload }: Sample) => {
    const channelId = channelOf(payload);
    if (channelId === undefined || createsChannel(event, payload)) return;
    const serverId = ZERO_UUID;
    await memory.createChannel({ id: channelId, serverId, properties: {}, agentIds: [], createdAt: 0 });
    if (FOR_MEMBERS.has(event)) await client.ask('join_channel', { channelId });
    const id = event === 'delete_message' ? stringOf(payload, 'messageId')?.toLowerCase() : undefined;
    const content = { senderId: 'ann', senderName: 'Ann', text: 'Hi', createdAt: 0, source: 'test' };
    if (id !== undefined) await memory.appendMessage({ id, channelId, serverId, ...content });
  };

  test('[ERR-1] [ERR-12] [ERR-16] [COMPAT-8] whatever is valid is taken, whatever is not is refused and leaves no trace', async () => {
    await fc.assert(
      fc.asyncProperty(samplesOf(schema), async (samples) => {
        await Promise.all(samples.map(prepare));
        client.forget();
        accepted.length = 0;
        const answers = await Promise.all(samples.map(({ payload }) => client.ask(event, payload)));
        const errors = client
          .all('messageError')
          .filter((error) => Object(error).code !== 'MESSAGE_NOT_FOUND');
        for (const [index, { isValid, payload }] of samples.entries()) {
          const answer = answers[index] ?? {};
          if (isValid && FINDS_NOTHING.has(event))
            expect(answer, JSON.stringify(payload)).toMatchObject({ error: { code: 'MESSAGE_NOT_FOUND' } });
          else if (isValid) expect(answer, JSON.stringify(payload)).toMatchObject({ ok: true });
          else expectRefused(event, answer, errors.shift());
        }
        expect(errors).toEqual([]);
        const valid = samples.filter(({ isValid }) => isValid);
        const effects = valid.flatMap(({ payload }) => effectOf(event, payload) ?? []);
        expect([...accepted].sort()).toEqual(effects.sort());
      }),
      { numRuns: RUNS },
    );
  });
});
