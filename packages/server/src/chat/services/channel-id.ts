const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a value is a UUID, of any version and in either case. */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/** The one spelling of a channel's id: UUIDs are the same in upper and lower case. */
export const toChannelId = (id: string): string => id.toLowerCase();

/** Whether the id of a room is that of a channel, a UUID: those of an extension's own rooms name their kind before a colon. */
export const isChannelId = (roomId: string): boolean => !roomId.includes(':');
