import pino, { type Logger } from 'pino';
import { toSteadyLogger } from '../../runtime/steady-logger';
import { createLogStream, type LogStream } from './log-stream';

/** A logger and the stream its lines reach subscribers by. */
export interface Logging {
  readonly logger: Logger;
  readonly logStream: LogStream;
}

/** The host's logging where it gives one, else a logger on standard output. */
export function createLogging(
  logger: Logger | undefined,
  logStream: LogStream | undefined,
  level: string,
): Logging {
  const stream = logStream ?? createLogStream();
  if (logger) return { logger: toSteadyLogger(logger), logStream: stream };
  const destinations = [
    { level: 'trace' as const, stream: pino.destination(1) },
    { level: 'trace' as const, stream },
  ];
  return { logger: pino({ level }, pino.multistream(destinations)), logStream: stream };
}
