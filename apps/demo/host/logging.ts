import { createLogStream, type LogStream } from '@wirepact/server';
import pino, { type Logger } from 'pino';

/** The process's log. */
export interface Logging {
  readonly logger: Logger;
  readonly logStream: LogStream;
  /** Shows what is serious in the terminal from now on; what keeps the demo from starting is told there in one line. */
  startTerminal(): void;
}

/** The process's log: all of it to whoever watches it on the page, what is serious to the terminal. */
export function createLogging(terminalLevel: string): Logging {
  const logStream = createLogStream();
  const level = terminalLevel in pino.levels.values ? (terminalLevel as pino.Level) : 'error';
  const destinations = pino.multistream([{ level: 'debug', stream: logStream }]);
  return {
    logger: pino({ level: level === 'trace' ? 'trace' : 'debug' }, destinations),
    logStream,
    startTerminal: () => void destinations.add({ level, stream: process.stderr }),
  };
}
