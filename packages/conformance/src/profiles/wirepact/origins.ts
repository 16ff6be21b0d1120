import { mustRefuse } from '../../check/refused-connection';
import type { Trial } from '../../check/trial';
import type { ChatRow } from '../chat/chat-trial';
import { needsAuthentication } from './identities';

/** An origin that no page can have. */
const ORIGIN = 'https://conformance.invalid';
const TRANSPORTS = ['websocket', 'polling'] as const;

/** Which origin a browser lets read the answer to a handshake of a page of `ORIGIN`; `null` where none. */
async function allowedOrigin({ target: { url, path, own } }: Trial): Promise<string | null> {
  const handshake = new URL(`${path}?EIO=4&transport=polling`, url.replace(/^ws/, 'http'));
  const answer = await fetch(handshake, { headers: { ...own.headers, Origin: ORIGIN } });
  await answer.body?.cancel();
  return answer.headers.get('access-control-allow-origin');
}

/** Pages of other origins. */
export const ORIGINS: readonly ChatRow[] = [
  [
    'CONN-13',
    'where who connects signs in, a page of an origin that is not named is refused, on every transport',
    async ({ trial }) => {
      await needsAuthentication(trial);
      const allowed = await allowedOrigin(trial);
      if (allowed === '*' || allowed === ORIGIN) trial.skip('the server lets in pages of any origin');
      for (const transport of TRANSPORTS) {
        const options = { transports: [transport], headers: { Origin: ORIGIN } };
        await mustRefuse(trial, options, `a page of another origin, by ${transport},`);
      }
    },
  ],
];
