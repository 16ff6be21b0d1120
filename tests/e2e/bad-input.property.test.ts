import { createValidator, type EventDefinition } from '@wirepact/contract';
import { protocol, ZERO_UUID } from '@wirepact/protocol';
import { createMemoryStore, type Store } from '@wirepact/server';
import fc, { type Arbitrary } from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { useChat } from './chat-fixture';
import { invalidOf, type JsonSchema, validOf } from './payload-arbitraries';
import type { Answer, SeedClient } from './seed-client';

const RUNS = 60;
const BATCH = 12;

interface Sample {
  readonly payload: unknown;
  readonly isValid: boolean;
}

const definitions: Readonly<Record<string, EventDefinition>> = protocol.clientToServer;
const withPayload = Object.entries(definitions).flatMap(([event, { payload }]): [string, JsonSchema][] =>
  payload ? [[event, payload]] : [],
);
const errorValidator = createValidator(protocol.serverToClient.messageError.payload);

/** A batch of payloads, each known by the way it is made to be valid or not. */
function samplesOf(schema: JsonSchema): Arbitrary<Sample[]> {
  const sample = (payloads: Arbitrary<unknown>, isValid: boolean) =>
    payloads.map((payload): Sample => ({ payload, isValid }));
  const invalid = invalidOf(schema);
  const samples = invalid
    ? fc.oneof(sample(validOf(schema), true), { arbitrary: sample(invalid, false), weight: 3 })
    : sample(validOf(schema), true);
  return fc.array(samples, { minLength: 1, maxLength: BATCH });
}

const stringOf = (payload: unknown, name: string): string | undefined => {
  const value: unknown =
    typeof payload === 'object' && payload !== null ? Reflect.get(payload, name) : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** Every way a failure is told is there, agrees with the others, and matches the contract. */
function expectRefused(event: string, { ok, error }: Answer, told: unknown): void {
  expect(ok).toBe(false);
  expect(told).toMatchObject({ event, error: error?.message, code: error?.code });
  expect(errorValidator.issues(told)).toEqual([]);
  const { message, ...details } = error ?? {};
  expect(errorValidator.issues({ error: message, ...details })).toEqual([]);
  expect(['INVALID_PAYLOAD', 'INVALID_UUID', 'PAYLOAD_TOO_LARGE']).toContain(error?.code);
}

describe.each(withPayload)('%s', (event, schema) => {
  const memory = createMemoryStore({ maxChannels: 100_000 });
  const accepted: string[] = [];
  const store: Store = {
    ...memory,
    createChannel: (channel) => {
      accepted.push(channel.id);
      return memory.createChannel(channel);
    },
    appendMessage: (message) => {
      accepted.push(message.text);
      return memory.appendMessage(message);
    },
  };
  const chat = useChat({ store });
  let client: SeedClient;
  beforeAll(async () => {
    client = await chat.connect();
  });

  /** The channel of a message has to be there, whether the message is valid or not. */
  const prepare = async ({ payload }: Sample) => {
    const id = event === 'send_message' ? stringOf(payload, 'channelId') : undefined;
    const channel = { serverId: ZERO_UUID, properties: {}, agentIds: [], createdAt: 0 };
    if (id !== undefined) await memory.createChannel({ id, ...channel });
  };

  /** What the store is to be given for a valid payload. */
  const effectOf = ({ payload }: Sample): string | undefined =>
    event === 'send_message'
      ? stringOf(payload, 'text')
      : (stringOf(payload, 'channelId') ?? stringOf(payload, 'roomId'));

  test('[ERR-1] [ERR-12] [ERR-16] [COMPAT-8] whatever is valid is taken, whatever is not is refused and leaves no trace', async () => {
    await fc.assert(
      fc.asyncProperty(samplesOf(schema), async (samples) => {
        await Promise.all(samples.map(prepare));
        client.forget();
        accepted.length = 0;
        const answers = await Promise.all(samples.map(({ payload }) => client.ask(event, payload)));
        const errors = client.all('messageError');
        for (const [index, { isValid, payload }] of samples.entries()) {
          const answer = answers[index] ?? {};
          if (isValid) expect(answer, JSON.stringify(payload)).toMatchObject({ ok: true });
          else expectRefused(event, answer, errors.shift());
        }
        expect(errors).toEqual([]);
        const valid = samples.filter(({ isValid }) => isValid);
        const effects = event === 'set_log_filter' ? [] : valid.map(effectOf);
        expect([...accepted].sort()).toEqual(effects.sort());
      }),
      { numRuns: RUNS },
    );
  });
});
