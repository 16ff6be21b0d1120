import * as Type from 'typebox';
import { clientMessageId, entityId, uuid } from './ids';
import { openObject } from './open-object';
import { journalPosition } from './position';

/** A message as everybody in its channel sees it. */
export const broadcastMessage = Type.Object(
  {
    id: uuid('Server-assigned message id.'),
    senderId: entityId('Sender’s entity id.'),
    senderName: Type.String({ description: 'Sender’s display name.' }),
    text: Type.String({ description: 'Message content.' }),
    roomId: uuid('Channel of the message, called `roomId` for client compatibility.'),
    serverId: uuid('Server of the message.'),
    createdAt: Type.Integer({ minimum: 0, description: 'Unix time in milliseconds.' }),
    source: Type.String({ description: 'Message source type: `socketio_client` or `agent_response`.' }),
    clientMessageId: Type.Optional(
      clientMessageId('The sender’s own message id; only sent back to the sender.'),
    ),
    thought: Type.Optional(Type.String({ description: 'Agent’s internal thought process.' })),
    actions: Type.Optional(Type.Array(Type.Unknown(), { description: 'Agent actions taken.' })),
    attachments: Type.Optional(Type.Array(Type.Unknown(), { description: 'Message attachments.' })),
    inReplyToMessageId: Type.Optional(
      Type.String({ description: 'Since 1.2: id of the message this one answers, as its sender gave it.' }),
    ),
    metadata: Type.Optional(
      openObject({}, { description: 'Since 1.2: what the sender wants kept with the message.' }),
    ),
    incomplete: Type.Optional(
      Type.Union([Type.Literal('failed'), Type.Literal('timeout'), Type.Literal('cancelled')], {
        description: 'Since 1.2: why the answer of an agent ends here; absent where a message is whole.',
      }),
    ),
    ...journalPosition,
  },
  { title: 'BroadcastMessage', description: 'A message as everybody in its channel sees it.' },
);
