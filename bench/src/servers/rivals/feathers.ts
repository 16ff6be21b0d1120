import { createServer } from 'node:http';
import { type Application, feathers, type Params } from '@feathersjs/feathers';
import { Ajv, addFormats, getValidator, hooks } from '@feathersjs/schema';
import socketio from '@feathersjs/socketio';
import '@feathersjs/transport-commons';
import { createMessage, type MessagePayload } from '../chat-message';
import { listen } from '../listen';

const uuid = { type: 'string', format: 'uuid' } as const;
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const;

const payloadSchema = {
  $id: 'Message',
  type: 'object',
  additionalProperties: true,
  required: ['channelId', 'serverId', 'text', 'entityId', 'entityName', 'messageId'],
  properties: {
    ...{ channelId: uuid, serverId: uuid, text: text(65_536) },
    ...{ entityId: text(256), entityName: text(256), messageId: text(256) },
  },
} as const;
const checkPayload = getValidator(payloadSchema, addFormats(new Ajv({}), ['uuid']));

type Channels = Pick<Application, 'channel'>;

class Messages {
  async create(payload: MessagePayload) {
    return createMessage(payload);
  }
}

class Members {
  constructor(private readonly app: Channels) {}

  async create({ channelId }: { channelId: string }, params?: Params) {
    if (params?.connection) this.app.channel(channelId).join(params.connection);
    return { channelId };
  }
}

/** Feathers: services over Socket.IO. Its event goes to all of a channel, the sender included, and its answer is the message. */
export async function startFeathers(): Promise<number> {
  const app = feathers<{ messages: Messages; members: Members }>();
  app.configure(socketio());
  app.use('messages', new Messages());
  app.use('members', new Members(app));
  app.service('messages').hooks({ before: { create: [hooks.validateData(checkPayload)] } });
  app.service('messages').publish('created', ({ roomId }) => app.channel(roomId));
  const httpServer = createServer();
  await app.setup(httpServer);
  return listen(httpServer);
}
