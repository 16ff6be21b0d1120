import * as Type from 'typebox';
import { uuid } from './ids';

/** What a client that joined a channel is told. */
export const joinedChannel = Type.Object(
  {
    message: Type.String({ description: 'Success message, for people.' }),
    channelId: uuid('Channel that was joined.'),
    roomId: uuid('Same as `channelId`, for clients that only know this name.'),
    agentId: Type.Optional(uuid('Agent that takes part, where one was named.')),
  },
  { title: 'JoinedChannel', description: 'What a client that joined a channel is told.' },
);
