import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { channelUpdates } from '../../entities/channel-updates';
import { uuid } from '../../entities/ids';
import { journalPosition } from '../../entities/position';
import { channelById } from '../../entities/rooms';

/** A channel with new properties. */
export const channelUpdated = defineEvent({
  description: 'Broadcast when channel properties are updated.',
  payload: Type.Object({ channelId: uuid('Updated channel.'), updates: channelUpdates, ...journalPosition }),
  examples: [{ channelId: '123e4567-e89b-12d3-a456-426614174000', updates: { name: 'Support' } }],
  room: channelById,
});
