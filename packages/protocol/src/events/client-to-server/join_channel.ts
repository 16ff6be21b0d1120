import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { answerStream } from '../../entities/answer-stream';
import { channelUpdates } from '../../entities/channel-updates';
import { entityId, uuid } from '../../entities/ids';
import { openObject } from '../../entities/open-object';
import { epoch, position, seq } from '../../entities/position';
import { channelByEitherId } from '../../entities/rooms';
import { ZERO_UUID } from '../../entities/zero-uuid';

/** One of the two ids has to be there; what it is, is checked once, by the properties themselves. */
const present = Type.Unsafe<string>(Type.Unknown());

/** Join a channel. */
export const join_channel = defineEvent({
  description:
    'Join a specific channel for receiving messages; `roomId` alone is accepted in place of `channelId`.',
  payload: Type.Intersect([
    Type.Object({
      channelId: Type.Optional(uuid('Channel to join.')),
      roomId: Type.Optional(
        Type.String({
          format: 'uuid',
          deprecated: true,
          description: 'Use `channelId`, which wins where both are given.',
        }),
      ),
      agentId: Type.Optional(uuid('Agent that takes part in the channel.')),
      entityId: Type.Optional(entityId('Who is joining.')),
      serverId: Type.Optional(uuid(`Server the channel belongs to; \`${ZERO_UUID}\` where left out.`)),
      resume: Type.Optional(position),
      metadata: Type.Optional(
        openObject(
          {
            isDm: Type.Optional(Type.Boolean({ description: 'Is this a direct message channel.' })),
            channelType: Type.Optional(
              Type.String({ maxLength: 64, description: 'Such as `DM` or `GROUP`.' }),
            ),
          },
          { description: 'Additional metadata, kept with a channel that this join creates.' },
        ),
      ),
    }),
    Type.Union([
      Type.Object({ channelId: present }),
      Type.Object({ channelId: Type.Optional(Type.Never()), roomId: present }),
    ]),
  ]),
  reply: Type.Object({
    channelId: uuid('Channel that was joined.'),
    agentId: Type.Optional(uuid('Agent that takes part, where one was named.')),
    epoch: Type.Optional(epoch('Since 1.1: epoch of the channel.')),
    seq: Type.Optional(seq('Since 1.1: number of the channel’s last event; what follows comes as events.')),
    properties: Type.Optional(channelUpdates),
    streams: Type.Optional(
      Type.Array(answerStream, {
        description: 'Since 1.2: answers under way; what follows comes as chunks.',
      }),
    ),
    recovered: Type.Optional(
      Type.Boolean({
        description:
          'Since 1.1, where `resume` was given: true where all that was missed has been sent as events; false where it could not be, and history has to be loaded anew.',
      }),
    ),
  }),
  errors: [
    'CHANNEL_NOT_FOUND',
    'AGENT_NOT_FOUND',
    'CHANNEL_LIMIT_REACHED',
    'TOO_MANY_CHANNELS',
    'PROPERTIES_TOO_LARGE',
  ],
  limits: { maxDepth: 8, maxProperties: 64, maxSize: 16_384 },
  examples: [
    {
      channelId: '123e4567-e89b-12d3-a456-426614174000',
      agentId: '987fcdeb-51a2-43f1-b012-123456789abc',
      entityId: 'user-123',
      metadata: { isDm: true },
    },
    { roomId: '123e4567-e89b-12d3-a456-426614174000' },
  ],
  room: channelByEitherId,
  actor: 'entityId',
});
