import { fork } from 'node:child_process';
import { on } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createChannelIds } from './chat-load';
import type { Moment, Starting } from './cold-start/moments';
import { joinChat } from './members/socketio-member';

const ENTRY = fileURLToPath(new URL('./cold-start-process.js', import.meta.url));
const TIMEOUT_MS = 20_000;

/** Every moment of a start. */
export type Start = Readonly<Record<Moment['is'], Moment>>;

/** Joins a channel and sends a message to it; resolves when that is acknowledged. */
async function serveFirst(port: number): Promise<void> {
  const [channelId = ''] = createChannelIds(1);
  const member = await joinChat(port, channelId, () => undefined);
  await new Promise<void>((resolve, reject) => member.send((error) => (error ? reject(error) : resolve())));
}

/** Starts a server process, and is the first whom it serves. */
export async function startOnce(starting: Starting): Promise<Start> {
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
