/** The one spelling of a channel's id: UUIDs are the same in upper and lower case. */
export const toChannelId = (id: string): string => id.toLowerCase();

/** Whether the id of a room is that of a channel, a UUID: those of an extension's own rooms name their kind before a colon. */
export const isChannelId = (roomId: string): boolean => !roomId.includes(':');
