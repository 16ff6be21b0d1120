import type { WireError } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { Connection } from './ports/connection';

const MAX_CLIENT_MESSAGE_ID_LENGTH = 256;
/** An unknown event's name is the client's to choose, and comes back to it only so far. */
const MAX_EVENT_NAME_LENGTH = 100;

/** Events in which `messageId` is the server's id, not one of the client's own. */
const SERVER_ID_EVENTS: ReadonlySet<string> = new Set([
  'delete_message',
  'cancel_response',
  'continue_answer',
] satisfies (keyof Protocol['clientToServer'])[]);

/** The client's own id for what it sent. The payload may be anything. */
function clientMessageIdOf(event: string, payload: unknown): string | undefined {
  if (SERVER_ID_EVENTS.has(event)) return undefined;
  if (typeof payload !== 'object' || payload === null || !Object.hasOwn(payload, 'messageId'))
    return undefined;
  const messageId: unknown = Reflect.get(payload, 'messageId');
  if (typeof messageId !== 'string' || messageId.length > 2 * MAX_CLIENT_MESSAGE_ID_LENGTH) return undefined;
  // JSON Schema counts characters, of which some are two of JavaScript's.
  return [...messageId].length > MAX_CLIENT_MESSAGE_ID_LENGTH ? undefined : messageId;
}

/** Emits the document's `messageError`, with the code and the issues beside it. */
export function emitMessageError(
  connection: Connection<Protocol['serverToClient']>,
  event: string,
  payload: unknown,
  { message, ...details }: WireError,
): void {
  const clientMessageId = clientMessageIdOf(event, payload);
  connection.emit('messageError', {
    error: message,
    ...(clientMessageId !== undefined && { clientMessageId }),
    event: event.slice(0, MAX_EVENT_NAME_LENGTH),
    ...details,
  });
}
