import { defineEvent } from '@wirepact/contract';
import { joinedChannel } from '../../entities/joined-channel';

/** A join that succeeded. */
export const channel_joined = defineEvent({
  description: 'Confirmation, to the client that joined, that it has joined a channel.',
  payload: joinedChannel,
  examples: [
    {
      message: 'Joined channel 123e4567-e89b-12d3-a456-426614174000.',
      channelId: '123e4567-e89b-12d3-a456-426614174000',
      roomId: '123e4567-e89b-12d3-a456-426614174000',
    },
  ],
});
