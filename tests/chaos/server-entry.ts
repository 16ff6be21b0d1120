import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { attachChatServer, createSqliteStore, elizaos, type RestHandler } from '@wirepact/server';
import { createPostgresStore } from '@wirepact/server/postgres';
import { createRedisScaleOut } from '@wirepact/server/redis';
import pino from 'pino';
import { Server } from 'socket.io';
import { attachBoardServer } from './board-server';
import { chaosAgent } from './chaos-agent';
import { isDialectFault, isRestFault, withDialectFault, withoutHistory } from './dialect-faults';
import { isFault, withFault } from './faults';
import { reportDefect, reportReplays, reportTurns } from './server-reports';
import { isWireFault, sendTwice } from './wire-faults';

const { CHAOS_FILE: file, CHAOS_CONNECTION: connection, CHAOS_FAULT: fault } = process.env;
const { CHAOS_SUBJECT: subject, CHAOS_AGENTS: hasAgents } = process.env;
const { CHAOS_REDIS: redis } = process.env;
const { CHAOS_PORT: port = '0', CHAOS_SOCKET: socketPath = '' } = process.env;
const plain = connection ? createPostgresStore({ connection }) : createSqliteStore({ file: file ?? '' });
const reported = reportTurns(reportReplays(plain));
const store = isFault(fault) ? withFault(reported, fault, reportDefect) : reported;
const scaleOut = redis ? { scaleOut: createRedisScaleOut(redis) } : {};
const logger = pino({ level: 'warn' }, pino.destination(2));
/** The REST side of members on the deployed wire; a board has none. */
let rest: RestHandler | undefined;
// A host that goes on without its store: that may be away when the process starts.
const httpServer = createHttpServer((request, response) => rest?.(request, response));
// What goes wrong on the wire goes wrong in a Socket.IO server of the host's.
const io = isWireFault(fault) ? new Server(httpServer) : undefined;
function attachChat() {
  const chat = attachChatServer(io ?? httpServer, {
    ...{ store, logger, rateLimit: false, authorize: () => true, agents: hasAgents ? [chaosAgent] : [] },
    dialects: [isDialectFault(fault) ? withDialectFault(elizaos, fault, reportDefect) : elizaos],
    ...scaleOut,
    // All at once: an answer must not keep those waiting that are to be disturbed, too.
    ...{ agentTimeoutMs: 3_000, maxAgentTurns: 1_000, maxWaitingTurns: 1_000 },
  });
  const handler = chat.elizaosRest();
  rest = isRestFault(fault) ? withoutHistory(handler, reportDefect) : handler;
  return chat;
}
const server =
  subject === 'board'
    ? attachBoardServer(httpServer, { store, read: plain, logger, ...scaleOut })
    : attachChat();
if (io && isWireFault(fault)) sendTwice(io.of('/'), fault, reportDefect);
server.ready.catch(() => undefined);
const listen = async (to: number) => {
  const listening = once(httpServer, 'listening');
  httpServer.listen(to, '127.0.0.1');
  await listening;
};
// Somebody else may have taken the port of the server before; the proxies ask for the new one.
await listen(Number(port)).catch(() => listen(0));
// What a server that was killed has left behind is in the way.
await rm(socketPath, { force: true });
const local = createServer((socket) => httpServer.emit('connection', socket)).listen(socketPath);
await once(local, 'listening');
// Without the process that started it, it has no use.
process.on('disconnect', () => process.exit());
const address = httpServer.address();
process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
