import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { channelUpdates } from '../../entities/channel-updates';
import { uuid } from '../../entities/ids';
import { journalPosition } from '../../entities/position';
import { channelById } from '../../entities/rooms';

/** Change a channel's properties. */
export const update_channel = defineEvent({
  description: 'Set properties of a channel, and leave the others; its members get `channelUpdated`.',
  payload: Type.Object({ channelId: uuid('Channel to update.'), updates: channelUpdates }),
  reply: Type.Object({ channelId: uuid('Updated channel.'), ...journalPosition }),
  errors: ['CHANNEL_NOT_FOUND', 'PROPERTIES_TOO_LARGE'],
  limits: { maxDepth: 10, maxProperties: 64, maxSize: 32_768 },
  examples: [{ channelId: '123e4567-e89b-12d3-a456-426614174000', updates: { name: 'Support' } }],
  since: '1.1',
  room: channelById,
});
