import type { Logger } from 'pino';
import type { ServerOptions } from './server-options';

/** The options that say who may do what. */
export interface DoorOptions extends Pick<ServerOptions, 'authenticate' | 'trustProxy'> {
  readonly authorize?: unknown;
}

/** What stands open where an option is left out. */
export interface DoorWords {
  /** What anybody may do without `authenticate`. */
  readonly authenticate: string;
  /** What whoever connects may do without `authorize`. */
  readonly authorize: string;
}

/** Says in the log what everybody may do where the host has left out an option. */
export function warnOfOpenDoors(options: DoorOptions, words: DoorWords, logger: Logger): void {
  const { authenticate, authorize, trustProxy } = options;
  if (!authenticate) logger.warn(`anybody may ${words.authenticate}: the option \`authenticate\` is not set`);
  if (!authorize) logger.warn(`whoever connects may ${words.authorize}: the option \`authorize\` is not set`);
  if (trustProxy === true)
    logger.warn(
      'whoever connects may claim any address, and so escape the limits of its own, unless a proxy replaces X-Forwarded-For: ' +
        'the option `trustProxy` is true; the number of proxies, or their addresses, are safer',
    );
}
