import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { uuid } from '../../entities/ids';
import { channelById } from '../../entities/rooms';

/** Leave a channel. */
export const leave_channel = defineEvent({
  description: 'Stop receiving what is sent to a channel. Harmless where the client is not in it.',
  payload: Type.Object({ channelId: uuid('Channel to leave.') }),
  reply: Type.Object({ channelId: uuid('Channel that was left.') }),
  examples: [{ channelId: '123e4567-e89b-12d3-a456-426614174000' }],
  since: '1.1',
  room: channelById,
});
