import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { uuid } from '../../entities/ids';
import { journalPosition } from '../../entities/position';
import { channelById } from '../../entities/rooms';

/** A channel without its messages. */
export const channelCleared = defineEvent({
  description: 'Broadcast when all messages in a channel are cleared.',
  payload: Type.Object({ channelId: uuid('Cleared channel.'), ...journalPosition }),
  room: channelById,
});
