import { createLogStream, type LogStream } from '@wirepact/server';
import pino, { type Logger } from 'pino';

/** The process's log: all of it to whoever watches it on the page, what is serious to the terminal. */
export function createLogging(terminalLevel: string): { logger: Logger; logStream: LogStream } {
  const logStream = createLogStream();
  const level = terminalLevel in pino.levels.values ? (terminalLevel as pino.Level) : 'error';
  const destinations = pino.multistream([
    { level, stream: process.stderr },
    { level: 'debug', stream: logStream },
  ]);
  return { logger: pino({ level: level === 'trace' ? 'trace' : 'debug' }, destinations), logStream };
}
