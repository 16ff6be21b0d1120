import { WirepactError } from '@wirepact/contract/runtime';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a value is a UUID, of any version and in either case. */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/** UUIDs are the same in upper and lower case. */
function toLowerCase(id: string, of: string): string {
  if (typeof id === 'string') return id.toLowerCase();
  throw new WirepactError('INVALID_UUID', `The id of ${of} must be a UUID, and is of type ${typeof id}.`);
}

/**
 * The one spelling of a channel's id.
 * @throws WirepactError `INVALID_UUID` where it is no text, as a host in JavaScript may have it.
 */
export const toChannelId = (id: string): string => toLowerCase(id, 'a channel');

/** As {@link toChannelId}, of a message's. */
export const toMessageId = (id: string): string => toLowerCase(id, 'a message');

/** Whether the id of a room is that of a channel, a UUID: those of an extension's own rooms name their kind before a colon. */
export const isChannelId = (roomId: string): boolean => !roomId.includes(':');
