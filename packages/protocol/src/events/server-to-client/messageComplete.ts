import { defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { uuid } from '../../entities/ids';
import { channelById } from '../../entities/rooms';

/** An agent is done. */
export const messageComplete = defineEvent({
  description: 'Emitted to a channel when an agent finishes processing and responding to a message.',
  payload: Type.Object({
    channelId: uuid('Channel of the message.'),
    serverId: uuid('Server of the message.'),
    messageId: Type.Optional(uuid('Since 1.2: id of the answer; absent where the agent said nothing.')),
    inReplyToMessageId: Type.Optional(uuid('Since 1.2: message that the agent was asked to answer.')),
  }),
  room: channelById,
});
