import { setImmediate } from 'node:timers/promises';
import { type ConformanceCheck, listChecks } from '@wirepact/conformance';
import type { Agent, ChatServerOptions } from '@wirepact/server';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { eliza, startChat, startSignedIn, untilSoon } from './chat-server';
import { brokenRules } from './mutant';

type Served = Awaited<ReturnType<typeof startSignedIn>>;

const open = async (options?: ChatServerOptions) => ({ ...(await startChat(options)), run: {} });

/** Servers that each have something that the first has not: what is skipped there is checked of them. */
const STARTS: readonly (() => Promise<Served>)[] = [
  () => open(),
  () => open({ agents: [eliza] }),
  () => startSignedIn(),
  () => startSignedIn({ authenticate: untilSoon }),
  () => open({ authorize: undefined }),
];
const servers: Served[] = [];

/** Servers whose limits are soon reached, by the rules that are checked of them. */
const LIMITS: Readonly<Record<string, ChatServerOptions>> = {
  'JOIN-17': {},
  'ERR-21': { maxPendingEvents: 8, authorize: async () => setImmediate(true) },
  'ERR-22': {},
  'RATE-4': { rateLimit: { points: 50 } },
  'RATE-5': { rateLimit: { points: 50 } },
  'RATE-9': { connectLimit: { points: 20 } },
};

beforeAll(async () => {
  servers.push(...(await Promise.all(STARTS.map((start) => start()))));
});
afterAll(() => Promise.all(servers.map(({ close }) => close())));

describe.each(['document', 'wirepact', 'elizaos'] as const)('the chat server keeps to %s', (profile) => {
  let lists: { readonly url: string; readonly checks: readonly ConformanceCheck[] }[];
  beforeAll(() => {
    lists = servers.map(({ url, run }) => ({ url, checks: listChecks({ profiles: [profile], ...run }) }));
  });

  /** Makes a check of the first server that it can be made of; resolves with why of none. */
  async function makeOnOne(index: number): Promise<readonly unknown[]> {
    const reasons: unknown[] = [];
    for (const { url, checks } of lists) {
      const made = await checks[index]?.run(url);
      if (made && made.skipped === undefined) return [];
      reasons.push(made?.skipped);
    }
    return reasons;
  }

  const named = listChecks({ profiles: [profile] }).map((check, index) => ({ ...check, index }));
  // Whose connections the host ends is no client of another check meanwhile.
  const endsOthers = ({ rule }: ConformanceCheck) => rule === 'AUTH-10';
  test.concurrent.each(named.filter((one) => !endsOthers(one)))(
    '$transport: $rule $title',
    async ({ index }) => {
      expect(await makeOnOne(index)).toEqual([]);
    },
  );
  for (const { transport, rule, title, index } of named.filter(endsOthers))
    test(`${transport}: ${rule} ${title}`, async () => {
      expect(await makeOnOne(index)).toEqual([]);
    });
});

/** Says all it has to say in one turn of the event loop. */
const echo: Agent = {
  id: eliza.id,
  name: 'Echo',
  async *respond({ text }) {
    yield text;
  },
};

test('an agent that answers at once breaks no rule', async () => {
  const { url, close } = await startChat({ agents: [echo] });
  onTestFinished(close);
  const rules = listChecks({ profiles: ['wirepact'] }).map(({ rule }) => rule);
  const ofAgents = rules.filter((rule) => /^(?:AGENT|TURN|STREAMING)-/.test(rule));
  expect(await brokenRules(url, { profiles: ['wirepact'], rules: ofAgents })).toEqual([]);
});

test('one who is given twice is not taken for two', async () => {
  const { url, run, close } = await startSignedIn();
  onTestFinished(close);
  const rules = ['AUTH-2', 'AUTH-9', 'SEND-15', 'CAST-15', 'RESUME-6', 'HIST-9', 'PRES-3'];
  expect(await brokenRules(url, { ...run, profiles: ['wirepact'], otherAuth: run.auth, rules })).toEqual([]);
});

const FLOODS = listChecks({ profiles: ['wirepact'], floods: true, rules: Object.keys(LIMITS) });

describe('the chat server keeps to wirepact where there is much', () => {
  test.each(FLOODS)('$transport: $rule $title', async ({ rule, run }) => {
    const server = await open(LIMITS[rule]);
    onTestFinished(() => server.close());
    expect(await run(server.url)).toEqual({});
  });
});
