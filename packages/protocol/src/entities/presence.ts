import * as Type from 'typebox';
import { openObject } from './open-object';

const name = { minLength: 1, maxLength: 256 };

/** What a member of a channel does right now; an extension may have more in it. */
export const channelPresence = openObject(
  { typing: Type.Optional(Type.Boolean({ description: 'Whether it is writing a message.' })) },
  {
    title: 'ChannelPresence',
    description: 'What a member of a channel does right now, at most 1,024 bytes as JSON.',
  },
);

/** Names a member: the same for all of its connections. */
export const memberId = Type.String({
  ...name,
  description: 'Names the member: who is signed in, or else the connection.',
});

/** Somebody who is in a channel. */
export const presenceMember = Type.Object(
  {
    identity: openObject(
      {
        entityId: memberId,
        name: Type.Optional(Type.String({ ...name, description: 'Display name.' })),
      },
      { title: 'PublicIdentity', description: 'Who it is, as far as others may see.' },
    ),
    state: Type.Optional(channelPresence),
  },
  { title: 'PresenceMember', description: 'Somebody who is in a channel.' },
);
