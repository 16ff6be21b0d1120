import type { Logger } from 'pino';
import { withDeadline } from '../runtime/gateway/deadline';
import { retryable } from '../runtime/gateway/retryable';
import type { Identity } from '../runtime/ports/identity';
import type { ChatConnection } from './services/channel-feed';
import type { AskForThoughts } from './services/thought-grants';

/**
 * Decides, once a join, whether somebody may read what the agents of a channel think. An error thrown counts as an outage:
 * the join is answered with UNAVAILABLE, which is retryable, and the error goes into the server's log.
 */
export type MayReadThoughts = (
  identity: Identity | undefined,
  channelId: string,
) => boolean | Promise<boolean>;

/** The host's hook with its time limit; only `true` grants. */
export const toThoughtPermission =
  (hook: MayReadThoughts, timeoutMs: number, logger: Logger): AskForThoughts<ChatConnection> =>
  async ({ identity }, channelId) => {
    try {
      const answer = await withDeadline(
        Promise.resolve().then(() => hook(identity, channelId)),
        timeoutMs,
        'The permission for thoughts',
      );
      return answer === true;
    } catch (err) {
      logger.error({ err, channelId }, 'mayReadThoughts failed: the client is told to try again');
      throw retryable('UNAVAILABLE', 'The server cannot say now what you may read: try again in a moment.');
    }
  };
