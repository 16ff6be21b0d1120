import type { Protocol } from '@wirepact/protocol';
import type * as runtime from '../../runtime/ports/identity';

/** What somebody is about to do in the chat: one of its events, or one of an extension's. */
export interface Attempt extends runtime.Attempt<keyof Protocol['clientToServer'] | (string & {})> {
  /** The room's id, where that is a channel, as that of all the chat's own events is. */
  readonly channelId: string | undefined;
}

/**
 * Decides whether an attempt may go on. `false` answers it with FORBIDDEN. An error thrown counts as an outage: the
 * attempt is answered with UNAVAILABLE, which is retryable, and the error goes into the server's log.
 */
export type Authorize = runtime.Authorize<Attempt>;
