import { WirepactError } from '@wirepact/contract/runtime';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a value is a UUID, of any version and in either case. */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/**
 * The one spelling of a channel's id: UUIDs are the same in upper and lower case.
 * @throws WirepactError `INVALID_UUID` where it is no text, as a host in JavaScript may have it.
 */
export function toChannelId(id: string): string {
  if (typeof id === 'string') return id.toLowerCase();
  throw new WirepactError('INVALID_UUID', `The id of a channel must be a UUID, and is of type ${typeof id}.`);
}

/** Whether the id of a room is that of a channel, a UUID: those of an extension's own rooms name their kind before a colon. */
export const isChannelId = (roomId: string): boolean => !roomId.includes(':');
