import { fork } from 'node:child_process';
import { on } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createChannelIds } from '../chat-load';
import type { Moment, Starting } from '../cold-start/moments';
import type { Figure } from '../figure';
import { joinChat } from '../members/socketio-member';
import type { RunOptions } from '../options';
import { pick, runRounds } from '../rounds';

const ENTRY = fileURLToPath(new URL('./cold-start-process.js', import.meta.url));
const COMPARED: readonly Starting[] = ['ours', 'plain'];
const WARM_UPS = 1;
const TIMEOUT_MS = 20_000;

type Start = Readonly<Record<Moment['is'], Moment>>;

/** Joins a channel and sends a message to it; resolves when that is acknowledged. */
async function serveFirst(port: number): Promise<void> {
  const [channelId = ''] = createChannelIds(1);
  const member = await joinChat(port, channelId, () => undefined);
  await new Promise<void>((resolve, reject) => member.send((error) => (error ? reject(error) : resolve())));
}

/** Starts a server process, and is the first whom it serves. */
async function startOnce(starting: Starting): Promise<Start> {
  const child = fork(ENTRY, [starting], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const moments = new Map<Moment['is'], Moment>();
  try {
    for await (const [moment] of on(child, 'message', { signal: AbortSignal.timeout(TIMEOUT_MS) })) {
      const { is, port = 0 }: Moment = moment;
      moments.set(is, moment);
      if (is === 'served') break;
      if (is !== 'listening') continue;
      await serveFirst(port);
      child.send('served');
    }
  } finally {
    child.kill('SIGKILL');
  }
  const [imported, listening, served] = [...moments.values()];
  if (!imported || !listening || !served) throw new Error(`${starting} did not start.`);
  return { imported, listening, served };
}

/** What it takes until a server is there: from the start of its process, Node's own included. */
export async function measureColdStart(options: RunOptions): Promise<Figure[]> {
  const samples = await runRounds({
    ...{ title: 'cold start', subjects: COMPARED, warmUps: WARM_UPS, rounds: Math.ceil(options.rounds / 2) },
    measure: startOnce,
  });
  const TITLES = {
    imported: 'cold start, until it is imported',
    listening: 'cold start, until it listens',
    served: 'cold start, until the first message is acknowledged',
  };
  return (['imported', 'listening', 'served'] as const).flatMap((is): Figure[] => {
    const shared = { title: TITLES[is], decimals: 0, baseline: 'plain' } as const;
    return [
      { ...shared, unit: 'CPU ms', samples: pick(samples, (start) => start[is].cpuMs) },
      { ...shared, unit: 'ms', samples: pick(samples, (start) => start[is].ms) },
    ];
  });
}
