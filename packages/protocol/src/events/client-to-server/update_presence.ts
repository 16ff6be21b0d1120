import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { uuid } from '../../entities/ids';
import { channelPresence } from '../../entities/presence';
import { channelById } from '../../entities/rooms';

/** Say what one does. */
export const update_presence = defineEvent({
  description:
    'Say what the client does in a channel right now, such as typing. It ends with the connection, and after a while where it is not said again. Only for members of the channel.',
  payload: Type.Object({
    channelId: uuid('Channel it does this in.'),
    state: Type.Optional(channelPresence),
    ttlMs: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'How long it holds, in milliseconds; the server may make it less.',
      }),
    ),
  }),
  reply: Type.Object({
    ttlMs: Type.Integer({
      minimum: 0,
      description: 'How long it holds, in milliseconds, unless it is said again.',
    }),
  }),
  limits: { maxDepth: 8, maxProperties: 64, maxSize: 2_048 },
  examples: [
    { channelId: '123e4567-e89b-12d3-a456-426614174000', state: { typing: true }, ttlMs: 5_000 },
    { channelId: '123e4567-e89b-12d3-a456-426614174000' },
  ],
  since: '1.2',
  room: channelById,
});
