import type { Logger } from 'pino';
import type { PresenceParts } from './presence/presence';
import { PRESENCE_NUMBERS } from './presence/presence-options';
import { createPublicIdentities } from './presence/public-identity';
import { readNumbers, type ServerOptions } from './server-options';

/** What presence is set up with. */
export const readPresenceParts = (
  { presence = {}, publicIdentity }: Pick<ServerOptions, 'presence' | 'publicIdentity'>,
  logger: Pick<Logger, 'error'>,
): PresenceParts => ({
  numbers: readNumbers(presence, PRESENCE_NUMBERS),
  toPublicIdentity: createPublicIdentities(publicIdentity, logger),
});
