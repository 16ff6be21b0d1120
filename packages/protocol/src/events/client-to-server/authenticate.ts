import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { openObject } from '../../entities/open-object';

/** Prove again who this is. */
export const authenticate = defineEvent({
  description:
    'Prove again who this connection belongs to, before `expiresAt`: with what `auth` of a new connection would hold. The connection, its channels and its log subscription stay.',
  payload: Type.Object({
    auth: openObject({}, { description: 'Credentials, as in the handshake of a connection.' }),
  }),
  reply: Type.Object({
    expiresAt: Type.Optional(
      Type.Integer({ minimum: 0, description: 'When these credentials end, Unix time in milliseconds.' }),
    ),
  }),
  errors: ['UNAUTHENTICATED'],
  limits: { maxDepth: 6, maxProperties: 32, maxSize: 16_384 },
  examples: [{ auth: { token: 'eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl' } }],
  since: '1.2',
});
