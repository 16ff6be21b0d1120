import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { uuid } from '../../entities/ids';

/** A membership that the server ended. */
export const channel_left = defineEvent({
  description:
    'Sent to a client that the server has taken out of a channel; not where the client left, or the channel was deleted.',
  payload: Type.Object({
    channelId: uuid('Channel the client is no longer in.'),
    reason: Type.String({
      maxLength: 64,
      description: 'A stable code: `REMOVED` by the host, or `FORBIDDEN` as it may not be in it any more.',
    }),
    message: Type.String({ maxLength: 1024, description: 'What happened, for a developer to read.' }),
  }),
  examples: [
    {
      channelId: '123e4567-e89b-12d3-a456-426614174000',
      reason: 'REMOVED',
      message: 'You were removed from this channel.',
    },
  ],
  since: '1.2',
});
