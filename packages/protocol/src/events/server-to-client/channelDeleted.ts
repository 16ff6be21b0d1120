import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { uuid } from '../../entities/ids';
import { journalPosition } from '../../entities/position';
import { channelById } from '../../entities/rooms';

/** A channel that is gone. */
export const channelDeleted = defineEvent({
  description: 'Broadcast when a channel is deleted.',
  payload: Type.Object({ channelId: uuid('Deleted channel.'), ...journalPosition }),
  room: channelById,
});
