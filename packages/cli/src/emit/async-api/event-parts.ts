import type { ContractDocument, EventDocument } from '../../contract-document';
import { summaryOf } from '../summary';

/** One event on its way into an AsyncAPI document, with the keys it has there. */
export interface EventParts {
  /** Name on the wire. */
  readonly name: string;
  readonly event: EventDocument;
  /** What the server does with it. */
  readonly action: 'receive' | 'send';
  /** Key of its message, and of its operation. */
  readonly key: string;
  /** Key of the message that is its acknowledgement; only clients are acknowledged. */
  readonly acknowledgementKey?: string;
}

/** Hands out keys for messages. */
interface Keys {
  add(name: string): string;
}

/** All events of a document, the clients' first, in its order. */
export function listEvents({ clientToServer, serverToClient }: ContractDocument, keys: Keys): EventParts[] {
  const received = Object.entries(clientToServer).map(([name, event]) => ({
    ...{ name, event, action: 'receive' as const },
    ...{ key: keys.add(name), acknowledgementKey: keys.add(`${name}-ack`) },
  }));
  const sent = Object.entries(serverToClient).map(([name, event]) => ({
    ...{ name, event, action: 'send' as const, key: keys.add(name) },
  }));
  return [...received, ...sent];
}

/** What AsyncAPI has no field for, and its texts, which messages and operations share. */
export const describeEvent = (event: EventDocument) => ({
  summary: summaryOf(event),
  ...(summaryOf(event) !== event.description && { description: event.description }),
  ...(event.deprecated !== undefined && { tags: [{ name: 'deprecated', description: event.deprecated }] }),
});
