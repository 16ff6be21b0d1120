import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { entityId } from '../../entities/ids';

/** The first event of every connection. */
export const connection_established = defineEvent({
  description: 'Sent immediately after successful connection.',
  payload: Type.Object({
    message: Type.String({ description: 'Always `Connected to Eliza Socket.IO server`.' }),
    socketId: Type.String({ description: 'Unique socket id for this connection.' }),
    agentId: Type.Optional(
      Type.String({
        description: 'The agent named in the handshake: `auth.agentId`, else the query’s `agentId`.',
      }),
    ),
    protocolVersion: Type.Optional(
      Type.String({
        maxLength: 256,
        description: 'Since 1.1: version of this protocol that the server speaks.',
      }),
    ),
    capabilities: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Since 1.1: names of the events that this server handles, those of the host included.',
      }),
    ),
    entityId: Type.Optional(
      entityId('Since 1.2: who the server takes this client for, where it authenticates.'),
    ),
    expiresAt: Type.Optional(
      Type.Integer({
        minimum: 0,
        description:
          'Since 1.2: when the server stops taking this client for who it is, Unix time in milliseconds; `authenticate` before that.',
      }),
    ),
  }),
  examples: [{ message: 'Connected to Eliza Socket.IO server', socketId: 'wJ2aVZ0VqF3jKzWAAAAB' }],
});
