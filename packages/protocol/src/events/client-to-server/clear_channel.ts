import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { uuid } from '../../entities/ids';
import { journalPosition } from '../../entities/position';
import { channelById } from '../../entities/rooms';

/** Delete all messages of a channel. */
export const clear_channel = defineEvent({
  description: 'Delete all messages of a channel; its members get `channelCleared`.',
  payload: Type.Object({ channelId: uuid('Channel to clear.') }),
  reply: Type.Object({ channelId: uuid('Cleared channel.'), ...journalPosition }),
  errors: ['CHANNEL_NOT_FOUND'],
  since: '1.1',
  room: channelById,
});
