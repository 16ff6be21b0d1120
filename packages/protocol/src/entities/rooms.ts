import type { Room } from '@wirepact/contract';

/** The channel that `channelId` names. */
export const channelById: Room = { name: 'channel', property: 'channelId' };

/** The same channel, in events that only have `roomId`. */
export const channelByRoomId: Room = { name: 'channel', property: 'roomId' };
