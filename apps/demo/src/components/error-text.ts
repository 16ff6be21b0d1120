import type { WirepactError } from '@wirepact/contract/runtime';

const TITLES: Readonly<Record<string, string>> = {
  AGENT_FAILED: 'The agent could not answer.',
  CHANNEL_LIMIT_REACHED: 'The server has no room for another channel.',
  CHANNEL_NOT_FOUND: 'This channel does not exist any more.',
  CHANNEL_LEFT: 'This window has left the channel.',
  KICKED: 'You were put out by whoever runs this server.',
  REMOVED: 'You were taken out of this channel.',
  UNDELIVERABLE: 'The connection ends whenever this is sent.',
  VIEW_FULL: 'This window shows as much as it can.',
  CLOSED: 'The connection was closed meanwhile.',
  CONNECTION_FAILED: 'The server cannot be reached.',
  CONNECTION_REFUSED: 'The server refused the connection.',
  DISCONNECTED: 'The connection was lost.',
  FORBIDDEN: 'That is not allowed here.',
  INTERNAL: 'The server met a problem of its own.',
  INVALID_PAYLOAD: 'It cannot be sent like this.',
  INVALID_UUID: 'One of the ids is not a UUID.',
  MESSAGE_NOT_FOUND: 'That message is gone already.',
  OUTBOX_FULL: 'Too many messages wait already.',
  PAYLOAD_TOO_LARGE: 'That is too much at once.',
  RATE_LIMITED: 'That was a little fast.',
  STORE_UNAVAILABLE: 'The server cannot store anything right now.',
  TIMEOUT: 'The server did not answer in time.',
  UNAUTHENTICATED: 'The server does not know who you are.',
  UNAVAILABLE: 'The server is closing down.',
};

const FIELD_NAMES: Readonly<Record<string, string>> = {
  '/text': 'The message',
  '/entityName': 'Your name',
  '/name': 'The name',
  '/topic': 'The topic',
};

/** What went wrong, in one plain sentence. */
export const titleOfError = ({ code }: WirepactError): string => TITLES[code] ?? 'Something went wrong.';

/** The single things that are wrong, each as a sentence; the error's own message where it names none. */
export function detailsOfError({ issues, message, code }: WirepactError): string[] {
  if (!issues || issues.length === 0) return code === 'RATE_LIMITED' ? [] : [message];
  return issues.map(
    (issue) => `${FIELD_NAMES[issue.path] ?? (issue.path || 'The request')} ${issue.message}.`,
  );
}
