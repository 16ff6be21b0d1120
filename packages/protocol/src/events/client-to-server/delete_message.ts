import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { uuid } from '../../entities/ids';
import { journalPosition } from '../../entities/position';
import { channelById } from '../../entities/rooms';

/** Delete a message. */
export const delete_message = defineEvent({
  description: 'Delete a message from a channel; its members get `messageDeleted`.',
  payload: Type.Object({ channelId: uuid('Channel of the message.'), messageId: uuid('Message to delete.') }),
  reply: Type.Object({ messageId: uuid('Deleted message.'), ...journalPosition }),
  errors: ['CHANNEL_NOT_FOUND', 'MESSAGE_NOT_FOUND'],
  since: '1.1',
  room: channelById,
});
