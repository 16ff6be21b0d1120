import { asClientError } from '../../runtime/base/client-errors';
import type { Dialect, DialectLink } from '../../runtime/connection/dialect';
import { DialectSpeaker, type Wire } from '../../runtime/connection/dialect-speaker';
import type { DialectDeps, DialectName } from './dialect-option';
import { DocumentSession } from './document-session';
import { DoubtfulSends } from './doubtful-sends';
import { readRefusal } from './elizaos-failures';
import { ElizaosHistory } from './elizaos-history';
import { ElizaosSession } from './elizaos-session';
import { GreetingSession } from './greeting-session';

/** What speaks for a client that is told this dialect. */
export function createDialect(
  name: Exclude<DialectName, 'wirepact'>,
  { origin, sender, restored }: DialectDeps,
): (wire: Wire) => DialectSpeaker {
  const doubts = new DoubtfulSends(restored);
  const reach = {};
  const openers = {
    document: (link: DialectLink) => new DocumentSession(link, doubts),
    elizaos: (link: DialectLink) => {
      const access = { origin, credentials: () => link.credentials(), reach };
      return new ElizaosSession(link, doubts, new ElizaosHistory(access, () => sender.entityId));
    },
    auto: (link: DialectLink) =>
      new GreetingSession(link, {
        document: () => openers.document(link),
        elizaos: () => openers.elizaos(link),
      }),
  };
  const isElizaos = name !== 'document';
  const dialect: Dialect = {
    handshake: () => (isElizaos ? { entityId: sender.entityId } : {}),
    explainRefusal(text) {
      const refusal = isElizaos ? readRefusal(text) : undefined;
      return refusal && asClientError(refusal);
    },
    open: openers[name],
  };
  return (wire) => new DialectSpeaker(wire, dialect);
}
