import { createChatServer, createSqliteStore } from '@wirepact/server';
import pino from 'pino';
import { isFault, withFault } from './faults';
import { reportBacklog, reportReplays } from './server-reports';

const { CHAOS_FILE: file = '', CHAOS_PORT: port = '0', CHAOS_FAULT: fault } = process.env;
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
// Without the process that started it, it has no use.
process.on('disconnect', () => process.exit());
process.send?.({ port: listening.port });
