import { protocol } from '@wirepact/protocol';
import { defineDialect } from '../../runtime/dialects/define-dialect';
import type { Dialect } from '../../runtime/ports/dialect';
import { ELIZAOS } from '../ports/elizaos-name';
import { isUuid } from '../services/channel-id';
import { toSent } from './elizaos-events';
import { mapLogFilters, mapSubscribe, mapUnsubscribe, toLogStream } from './elizaos-logs';
import { mapEnvelope, mapJoin, mapSend } from './elizaos-requests';

/** What deployed clients say of themselves when they connect; one that says more is another. */
const HANDSHAKE: ReadonlySet<string> = new Set(['entityId', 'apiKey']);

/**
 * What deployed ElizaOS clients speak (1.2 to 1.7), for a chat server's option `dialects`: they and clients of the protocol
 * are in the same channels, each with its own events. Clients since 1.6.5 are known by `auth.entityId`, older ones by
 * their first event. What each event becomes is in SPEC.md, under ELIZA.
 *
 * @example
 * createChatServer({ dialects: [elizaos] });
 */
export const elizaos: Dialect = defineDialect(protocol, {
  name: ELIZAOS,
  speaks: ({ auth }) => isUuid(auth.entityId) && Object.keys(auth).every((name) => HANDSHAKE.has(name)),
  receive: {
    message: mapEnvelope,
    '1': ([payload], client) => mapJoin(payload, client),
    '2': ([payload], client) => mapSend(payload, client),
    subscribe_logs: (_args, client) => mapSubscribe(client),
    unsubscribe_logs: (_args, client) => mapUnsubscribe(client),
    update_log_filters: ([filters], client) => mapLogFilters(filters, client),
  },
  send: { ...toSent, log_update: toLogStream },
});
