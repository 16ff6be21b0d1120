import { setTimeout as delay } from 'node:timers/promises';
import { addressesOf, NETWORK } from './addresses';
import { answerCommands } from './answer-commands';
import type { BystanderReport } from './bystander-report';
import { cpuMsOf } from './cpu-clock';
import { request } from './raw-http';
import { type Answer, type Fields, RawSession } from './raw-session';

const { HOSTILE_PORT, HOSTILE_PID, HOSTILE_AUTH = '{}', HOSTILE_HEADERS = '{}' } = process.env;
const serverPid = Number(HOSTILE_PID);
const port = Number(HOSTILE_PORT);
const auth: object = JSON.parse(HOSTILE_AUTH);
const headers: Record<string, string> = JSON.parse(HOSTILE_HEADERS);
const CHANNEL = 'b75741de-0000-4000-8000-000000000001';
const PAUSE_MS = 10;
const nextAddress = addressesOf(NETWORK.bystander);

let answered = 0;
let worstWaitMs = 0;
let worstStep = '';
let failures: string[] = [];
let rounds = 0;

/** Does one thing, and notes for how much of the server's time it waited. */
async function step<Result>(name: string, action: () => Promise<Result>): Promise<Result> {
  const before = cpuMsOf(serverPid);
  const result = await action();
  const waited = cpuMsOf(serverPid) - before;
  answered += 1;
  if (waited > worstWaitMs) [worstWaitMs, worstStep] = [waited, name];
  await delay(PAUSE_MS);
  return result;
}

async function ask(session: RawSession, event: string, payload?: Fields): Promise<void> {
  const { ok, error }: Answer = await step(event, () => session.ask(event, payload));
  if (!ok) throw new Error(`${event} was refused: ${JSON.stringify(error)}`);
}

/** Comes from an address of its own, says hello, and goes. */
async function visit(): Promise<void> {
  const from = nextAddress();
  const session = await step('connecting', () => RawSession.connect({ port, from }, { auth, headers }));
  try {
    await ask(session, 'join_channel', { channelId: CHANNEL });
    for (const text of ['Hello!', 'Is anybody here?']) {
      await ask(session, 'heartbeat');
      await ask(session, 'send_message', { channelId: CHANNEL, serverId: CHANNEL, entityId: from, text });
    }
  } finally {
    session.vanish();
  }
  const polling = { path: '/socket.io/?EIO=4&transport=polling', headers };
  const response = await step('polling', () => request({ port, from }, polling));
  if (response?.status !== 200) throw new Error(`polling was refused: ${JSON.stringify(response)}`);
}

async function visitForEver(): Promise<void> {
  for (;;) {
    await visit().catch((error: Error) => {
      failures.push(error.message);
    });
    rounds += 1;
  }
}

/** Resolves once so many visits have begun and ended. */
async function visits(count: number): Promise<void> {
  const end = rounds + 1 + count;
  while (rounds < end) await delay(PAUSE_MS);
}

answerCommands({
  start: async () => {
    void visitForEver();
    await visits(1);
  },
  visits,
  restart: () => {
    answered = 0;
    worstWaitMs = 0;
    failures = [];
  },
  report: async (): Promise<BystanderReport> => {
    // Each has seven answers; an attack may be over before the first.
    await visits(2);
    return { answered, worstWaitMs: Math.round(worstWaitMs), worstStep, failures };
  },
});
