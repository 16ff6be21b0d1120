import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { broadcastMessage } from '../../entities/broadcast-message';
import { entityId, uuid } from '../../entities/ids';
import { epoch, seq } from '../../entities/position';
import { channelById } from '../../entities/rooms';

/** Read a channel's history. */
export const list_messages = defineEvent({
  description:
    'Read a page of a channel’s messages: the newest ones, those before a number, or those after one. Oldest first in every case.',
  payload: Type.Object({
    channelId: uuid('Channel to read.'),
    entityId: Type.Optional(entityId('Who asks: its own messages have the `clientMessageId` it gave them.')),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, description: 'Messages at most; 50 where left out.' }),
    ),
    before: Type.Optional(seq('Only messages with a lower `seq`: the newest of them.')),
    after: Type.Optional(
      seq('Only messages with a higher `seq`: the oldest of them. Not together with `before`.'),
    ),
  }),
  reply: Type.Object({
    messages: Type.Array(broadcastMessage, { description: 'Oldest first.' }),
    hasMore: Type.Boolean({ description: 'Whether there are more in the direction of the page.' }),
    epoch: epoch('Epoch of the channel.'),
    seq: seq('Number of the channel’s last event.'),
  }),
  errors: ['CHANNEL_NOT_FOUND'],
  limits: { maxDepth: 2, maxProperties: 16, maxSize: 1024 },
  examples: [
    { channelId: '123e4567-e89b-12d3-a456-426614174000' },
    { channelId: '123e4567-e89b-12d3-a456-426614174000', before: 120, limit: 20 },
  ],
  since: '1.1',
  room: channelById,
  actor: 'entityId',
});
