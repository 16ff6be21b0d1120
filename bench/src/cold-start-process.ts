import type { Moment, Starting } from './cold-start/moments';

/** A process loads nothing but its own server. */
const LOADS: Record<Starting, () => Promise<() => Promise<number>>> = {
  ours: async () => (await import('./cold-start/chat-server')).startChat,
  plain: async () => (await import('./servers/plain')).startPlain,
};
const MICROS_PER_MS = 1_000;

function tell(is: Moment['is'], port?: number): void {
  const { user, system } = process.cpuUsage();
  const cpuMs = (user + system) / MICROS_PER_MS;
  process.send?.({ is, ms: performance.now(), cpuMs, ...(port !== undefined && { port }) } satisfies Moment);
}

const start = await LOADS[process.argv[2] === 'ours' ? 'ours' : 'plain']();
tell('imported');
tell('listening', await start());
// A client has been served when the parent says so. The process ends with it.
process.once('message', () => tell('served'));
process.once('disconnect', () => process.exit(0));
