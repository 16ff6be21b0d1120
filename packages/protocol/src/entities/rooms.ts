import type { Room } from '@wirepact/contract';

/** The channel that `channelId` names. */
export const channelById: Room = { name: 'channel', property: 'channelId' };

/** The channel that `channelId` names, or `roomId` where a client only knows that name. */
export const channelByEitherId: Room = { name: 'channel', property: 'channelId', fallback: 'roomId' };

/** The same channel, in events that only have `roomId`. */
export const channelByRoomId: Room = { name: 'channel', property: 'roomId' };
