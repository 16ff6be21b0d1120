import type { Logger } from 'pino';
import type { ChatServerOptions } from './options';

/** Says in the log what everybody may do, and what nobody gets, where the host has left out an option. */
export function warnOfOpenDoors(options: Omit<ChatServerOptions, 'extension'>, logger: Logger): void {
  const { authenticate, authorize, logStream, trustProxy } = options;
  if (!authenticate)
    logger.warn('anybody may connect and send under any name: the option `authenticate` is not set');
  if (!authorize)
    logger.warn('whoever connects may join any channel and read the log: the option `authorize` is not set');
  if (trustProxy === true)
    logger.warn(
      'whoever connects may claim any address, and so escape the limits of its own, unless a proxy replaces X-Forwarded-For: ' +
        'the option `trustProxy` is true; the number of proxies, or their addresses, are safer',
    );
  if (options.logger && !logStream)
    logger.warn(
      'log subscribers get nothing: the option `logger` is set without `logStream` (see createLogStream)',
    );
}
