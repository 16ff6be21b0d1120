import { asClientError } from '../../runtime/base/client-errors';
import type { Dialect } from '../../runtime/connection/dialect';
import { createDialectLink, type DialectLink } from '../../runtime/connection/dialect-link';
import type { DialectDeps, OtherDialect } from './dialect-option';
import { DocumentSession } from './document-session';
import { DoubtfulSends } from './doubtful-sends';
import { readRefusal } from './elizaos-failures';
import { ElizaosHistory } from './elizaos-history';
import { ElizaosSession } from './elizaos-session';
import { GreetingSession } from './greeting-session';

/** What a client speaks that is told this dialect. */
export function createDialect(name: OtherDialect, { origin, sender, restored }: DialectDeps): Dialect {
  const doubts = new DoubtfulSends(restored);
  const openers = {
    document: (link: DialectLink) => new DocumentSession(link, doubts),
    elizaos: (link: DialectLink) => {
      const access = { origin, credentials: () => link.credentials() };
      return new ElizaosSession(link, doubts, new ElizaosHistory(access, () => sender.entityId));
    },
    auto: (link: DialectLink) =>
      new GreetingSession(link, {
        document: () => openers.document(link),
        elizaos: () => openers.elizaos(link),
      }),
  };
  const isElizaos = name !== 'document';
  return {
    handshake: () => (isElizaos ? { entityId: sender.entityId } : {}),
    explainRefusal(text) {
      const refusal = isElizaos ? readRefusal(text) : undefined;
      return refusal && asClientError(refusal);
    },
    open: (line) => openers[name](createDialectLink(line)),
  };
}
