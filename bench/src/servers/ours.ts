import { createChatServer } from '@wirepact/server';
import { pino } from 'pino';

/** So many that none is ever refused; each is counted all the same. */
const NEVER_REACHED_POINTS = 1_000_000_000;

/** The chat server as an application would run it, everything on; only the log's lines go nowhere. */
export async function startOurs(): Promise<number> {
  const server = createChatServer({
    logger: pino({ level: 'info' }, { write: () => undefined }),
    rateLimit: { points: NEVER_REACHED_POINTS, durationSeconds: 60 },
  });
  const { port } = await server.listen(0, '127.0.0.1');
  return port;
}
