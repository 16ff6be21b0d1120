import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { uuid } from '../../entities/ids';
import { journalPosition } from '../../entities/position';
import { channelById } from '../../entities/rooms';

/** Delete a channel. */
export const delete_channel = defineEvent({
  description: 'Delete a channel with its messages; its members get `channelDeleted` and are in it no more.',
  payload: Type.Object({ channelId: uuid('Channel to delete.') }),
  reply: Type.Object({ channelId: uuid('Deleted channel.'), ...journalPosition }),
  errors: ['CHANNEL_NOT_FOUND'],
  since: '1.1',
  room: channelById,
});
