import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createChatServer, createSqliteStore } from '@wirepact/server';
import pino from 'pino';
import { isFault, withFault } from './faults';
import { reportBacklog, reportReplays } from './server-reports';

const { CHAOS_FILE: file = '', CHAOS_PORT: port = '0', CHAOS_FAULT: fault } = process.env;
const { CHAOS_SOCKET: socketPath = '' } = process.env;
const sqlite = reportReplays(createSqliteStore({ file }));
await sqlite.open();
const server = createChatServer({
  store: isFault(fault) ? withFault(sqlite, fault) : sqlite,
  logger: pino({ level: 'silent' }),
  rateLimit: false,
  authorize: () => true,
});
reportBacklog(server.httpServer);
// Somebody else may have taken the port of the server before; the proxies ask for the new one.
const listening = await server.listen(Number(port), '127.0.0.1').catch(() => server.listen(0, '127.0.0.1'));
// What a server that was killed has left behind is in the way.
await rm(socketPath, { force: true });
const local = createServer((socket) => server.httpServer.emit('connection', socket)).listen(socketPath);
await once(local, 'listening');
// Without the process that started it, it has no use.
process.on('disconnect', () => process.exit());
process.send?.({ port: listening.port });
