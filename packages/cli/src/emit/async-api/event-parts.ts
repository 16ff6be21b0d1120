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
  /** Keys of the messages that answer it, the acknowledgement first; none where nothing answers. */
  readonly answerKeys: readonly string[];
  /** Key of the message that brings items of its stream; left out where it answers at once. */
  readonly itemsKey?: string;
}

/** Hands out keys for messages. */
interface Keys {
  add(name: string): string;
}

/** Key of the message that ends streams. */
export const STREAM_END = 'stream-end';

function toParts(name: string, event: EventDocument, action: EventParts['action'], keys: Keys): EventParts {
  const key = keys.add(name);
  const isAnswered = action === 'receive' || event.reply !== undefined;
  const answerKeys = isAnswered ? [keys.add(`${name}-ack`)] : [];
  if (!event.stream) return { name, event, action, key, answerKeys };
  const itemsKey = keys.add(`${name}-items`);
  return { name, event, action, key, answerKeys: [...answerKeys, itemsKey, STREAM_END], itemsKey };
}

/** All events of a document, the clients' first, in its order. */
export const listEvents = (
  { clientToServer, serverToClient }: ContractDocument,
  keys: Keys,
): EventParts[] => [
  ...Object.entries(clientToServer).map(([name, event]) => toParts(name, event, 'receive', keys)),
  ...Object.entries(serverToClient).map(([name, event]) => toParts(name, event, 'send', keys)),
];

/** What AsyncAPI has no field for, and its texts, which messages and operations share. */
export const describeEvent = (event: EventDocument) => ({
  summary: summaryOf(event),
  ...(summaryOf(event) !== event.description && { description: event.description }),
  ...(event.deprecated !== undefined && { tags: [{ name: 'deprecated', description: event.deprecated }] }),
});
