/** The one spelling of a channel's id: UUIDs are the same in upper and lower case. */
export const toChannelId = (id: string): string => id.toLowerCase();
