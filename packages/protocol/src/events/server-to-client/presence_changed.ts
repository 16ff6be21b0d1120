import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { uuid } from '../../entities/ids';
import { channelPresence, memberId, presenceMember } from '../../entities/presence';
import { channelById } from '../../entities/rooms';

/** Who is in a channel. */
export const presence_changed = defineEvent({
  description:
    'Who is in a channel, for those who have asked: all members, or what has changed. With the count alone the channel has too many members to tell of.',
  payload: Type.Object({
    channelId: uuid('Channel it is about.'),
    count: Type.Integer({ minimum: 0, description: 'How many members the channel has.' }),
    members: Type.Optional(
      Type.Array(presenceMember, { description: 'All members, in place of what was told before.' }),
    ),
    joined: Type.Optional(Type.Array(presenceMember, { description: 'Those who came, or are another now.' })),
    left: Type.Optional(Type.Array(memberId, { description: 'Those who went.' })),
    updated: Type.Optional(
      Type.Array(
        Type.Object(
          { entityId: memberId, state: Type.Optional(channelPresence) },
          { title: 'PresenceUpdate', description: 'What a member does now; without `state` nothing.' },
        ),
        { description: 'Those who do something else now.' },
      ),
    ),
  }),
  limits: { maxDepth: 16, maxProperties: 128, maxSize: 4 * 1024 * 1024 },
  examples: [
    {
      channelId: '123e4567-e89b-12d3-a456-426614174000',
      count: 2,
      members: [
        { identity: { entityId: 'ada', name: 'Ada' }, state: { typing: true } },
        { identity: { entityId: 'bob' } },
      ],
    },
    {
      channelId: '123e4567-e89b-12d3-a456-426614174000',
      count: 2,
      joined: [{ identity: { entityId: 'cleo' } }],
      left: ['bob'],
      updated: [{ entityId: 'ada' }],
    },
  ],
  since: '1.2',
  room: channelById,
});
