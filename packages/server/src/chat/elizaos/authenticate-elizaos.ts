import { createHash, timingSafeEqual } from 'node:crypto';
import { WirepactError } from '@wirepact/contract/runtime';
import type { Authenticate } from '../../runtime/ports/identity';
import { isUuid } from '../services/channel-id';

const hash = (text: string) => createHash('sha256').update(text).digest();

/** Says the same in the same time, however much of it is right. */
const isSame = (given: unknown, secret: string): boolean =>
  typeof given === 'string' && timingSafeEqual(hash(given), hash(secret));

const refuse = (message: string) => new WirepactError('UNAUTHENTICATED', message);

/**
 * The sign-in of ElizaOS, for the option `authenticate`: whoever knows the server's key is who `auth.entityId` says. All who
 * know the key may be anybody, so it is for a server whose pages are trusted; with users of your own, prove who each one is.
 * The key comes in `auth.apiKey` or the header `x-api-key`. Requests of HTTP may name who asks in `x-entity-id`.
 *
 * @example
 * createChatServer({ dialects: [elizaos], authenticate: authenticateElizaos(process.env.SERVER_API_KEY) });
 */
export const authenticateElizaos = (apiKey: string): Authenticate => {
  if (typeof apiKey !== 'string' || apiKey === '')
    throw new WirepactError(
      'INVALID_OPTIONS',
      '`authenticateElizaos` needs a key: without one anybody may connect.',
    );
  return ({ auth, headers }) => {
    if (!isSame(auth.apiKey ?? headers['x-api-key'], apiKey)) throw refuse('Invalid or missing API Key');
    if (!isUuid(auth.entityId)) throw refuse('Valid entityId required');
    return { entityId: auth.entityId };
  };
};
