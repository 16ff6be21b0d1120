import * as Type from 'typebox';
import { openObject } from './open-object';

/** The properties of a channel that changed; what is left out stayed as it was. */
export const channelUpdates = openObject(
  {
    name: Type.Optional(Type.String({ maxLength: 256, description: 'The channel’s new name.' })),
    topic: Type.Optional(Type.String({ maxLength: 4096, description: 'What the channel is about now.' })),
    metadata: Type.Optional(Type.Unknown({ description: 'The channel’s new metadata, whole.' })),
  },
  { title: 'ChannelUpdates', description: 'The properties that changed.' },
);
