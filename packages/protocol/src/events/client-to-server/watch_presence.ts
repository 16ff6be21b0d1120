import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { uuid } from '../../entities/ids';
import { channelById } from '../../entities/rooms';

/** Ask who is in a channel. */
export const watch_presence = defineEvent({
  description:
    'Ask to be told who is in a channel, by `presence_changed`: at once, and whenever it changes. Only for members of the channel.',
  payload: Type.Object({
    channelId: uuid('Channel to watch.'),
    watching: Type.Boolean({ description: 'False to be told no more.' }),
  }),
  examples: [{ channelId: '123e4567-e89b-12d3-a456-426614174000', watching: true }],
  since: '1.2',
  room: channelById,
});
