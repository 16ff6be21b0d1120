import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { uuid } from '../../entities/ids';
import { journalPosition } from '../../entities/position';
import { channelById } from '../../entities/rooms';

/** A message that is gone. */
export const messageDeleted = defineEvent({
  description: 'Broadcast when a message is deleted from a channel.',
  payload: Type.Object({
    messageId: uuid('Deleted message.'),
    channelId: uuid('Channel it was in.'),
    ...journalPosition,
  }),
  room: channelById,
});
