import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from './socket-side';
import { DEFAULT_SERVER, isUuid, type MessageRow, type Payload } from './store';

/** What a request is answered with: a status and, where there is one, a body. */
type Answer = readonly [status: number, body?: object];

/** A request that has a route. */
interface Asked {
  readonly id: string;
  readonly messageId: string;
  readonly query: URLSearchParams;
  readonly body: Payload;
}

const ok = (data: object): Answer => [200, { success: true, data }];
const refuse = (status: number, error: string): Answer => [status, { success: false, error }];

const toGuiMessage = (row: MessageRow) => {
  const raw = Object(row.rawMessage);
  const metadata = { ...row.metadata, thought: raw.thought, actions: raw.actions };
  const [created_at, updated_at] = [Date.parse(row.createdAt), Date.parse(row.updatedAt)];
  return { ...row, metadata, created_at, updated_at };
};

function listMessages({ store }: Context, { id, query }: Asked): Answer {
  if (!isUuid(id)) return refuse(400, 'Invalid channelId');
  const before = query.get('before');
  const rows = store.listMessages(id, Number(query.get('limit') ?? 50), before ? Number(before) : undefined);
  return ok({ messages: rows.map(toGuiMessage) });
}

/** A message of the REST side of the web client. */
async function postMessage({ store, io }: Context, { id, body }: Asked): Promise<Answer> {
  const { author_id, content, message_server_id, metadata } = body;
  if (!isUuid(author_id) || !content || !isUuid(message_server_id))
    return refuse(400, 'Missing required fields');
  const { user_display_name: name = 'User' } = Object(metadata);
  const sourceType = String(body.source_type ?? 'eliza_gui');
  const kept = { ...Object(metadata), messageServerId: message_server_id };
  const row = await store.addMessage({
    ...{
      channelId: id,
      authorId: author_id,
      content,
      rawMessage: body.raw_message,
      sourceType,
      metadata: kept,
    },
  });
  io.to(id).emit('messageBroadcast', {
    ...{ id: row.id, senderId: author_id, senderName: name, text: content, roomId: id },
    ...{ messageServerId: message_server_id, createdAt: Date.parse(row.createdAt), source: sourceType },
  });
  return [201, { success: true, data: { userMessage: row } }];
}

/** An agent's message: it names its server as older versions did, and its channel as `roomId` alone. */
async function submit({ store, io }: Context, { body }: Asked): Promise<Answer> {
  const { channel_id: channelId, author_id: authorId, content, server_id: serverId = DEFAULT_SERVER } = body;
  if (!isUuid(channelId) || !isUuid(authorId) || !content) return refuse(400, 'Missing required fields');
  const raw = Object(body.raw_message);
  const { agentName = 'Agent', attachments } = Object(body.metadata);
  const metadata = { ...Object(body.metadata), messageServerId: serverId };
  const row = await store.addMessage({
    ...(isUuid(body.message_id) && { id: body.message_id }),
    ...{ channelId, authorId, content, rawMessage: raw, sourceType: 'agent_response', metadata },
  });
  io.to(channelId).emit('messageBroadcast', {
    ...{ id: row.id, senderId: authorId, senderName: agentName, text: content, roomId: channelId, serverId },
    ...{ createdAt: Date.parse(row.createdAt), source: 'agent_response' },
    ...{ thought: raw.thought, actions: raw.actions, attachments },
  });
  return [201, { success: true, data: row }];
}

/** An action of an agent; the same id is broadcast again when it is updated. */
function act({ io }: Context, { messageId, body }: Asked): Answer {
  const {
    channel_id: channelId,
    author_id: senderId,
    content: text,
    message_server_id: messageServerId,
  } = body;
  const now = Date.now();
  io.to(String(channelId)).emit('messageBroadcast', {
    ...{
      id: messageId || body.message_id || randomUUID(),
      senderId,
      senderName: 'Agent',
      text,
      roomId: channelId,
    },
    ...{ messageServerId, createdAt: now, updatedAt: now, source: 'agent_action' },
    ...{ rawMessage: body.raw_message, actions: Object(body.raw_message).actions },
  });
  return [201, { success: true }];
}

function deleteMessage({ store, io }: Context, { id, messageId }: Asked): Answer {
  store.deleteMessage(messageId);
  // Also of a message that never was.
  io.to(id).emit('messageDeleted', { messageId, channelId: id });
  return [204];
}

function clear({ store, io }: Context, { id }: Asked): Answer {
  store.clear(id);
  io.to(id).emit('channelCleared', { channelId: id });
  return [204];
}

/** Name and metadata change; `topic` is ignored. What is broadcast is the whole record. */
function updateChannel({ store, io }: Context, { id, body }: Asked): Answer {
  const known = store.channels.get(id);
  if (!known) return refuse(404, 'Channel not found');
  const name = typeof body.name === 'string' ? body.name : known.name;
  const updates = { ...known, name, metadata: { ...known.metadata, ...Object(body.metadata) } };
  store.channels.set(id, updates);
  io.to(id).emit('channelUpdated', { channelId: id, updates });
  return ok(updates);
}

/** Also of a channel that is not there. */
function deleteChannel({ store, io }: Context, { id }: Asked): Answer {
  store.clear(id);
  store.channels.delete(id);
  io.to(id).emit('channelDeleted', { channelId: id });
  return [204];
}

function createChannel({ store }: Context, { body }: Asked): Answer {
  const { name, message_server_id: server, participantCentralUserIds: who, metadata, type = 'GROUP' } = body;
  if (typeof name !== 'string' || !isUuid(server) || !Array.isArray(who))
    return refuse(400, 'Invalid payload');
  const channel = {
    id: randomUUID(),
    messageServerId: server,
    name,
    type: String(type),
    metadata: Object(metadata),
  };
  return [201, { success: true, data: store.addChannel(channel, who.map(String)) }];
}

const ROUTES: Readonly<Record<string, (context: Context, asked: Asked) => Answer | Promise<Answer>>> = {
  'GET channels/:id/messages': listMessages,
  'POST channels/:id/messages': postMessage,
  'DELETE channels/:id/messages': clear,
  'DELETE channels/:id/messages/:id': deleteMessage,
  'PATCH channels/:id': updateChannel,
  'DELETE channels/:id': deleteChannel,
  'POST channels': createChannel,
  'POST submit': submit,
  'POST action': act,
  'PATCH action/:id': act,
  'GET message-servers': () => ok({ messageServers: [{ id: DEFAULT_SERVER, name: 'Default Server' }] }),
};

async function readBody(request: IncomingMessage): Promise<Payload> {
  let text = '';
  for await (const part of request) text += part;
  return text === '' ? {} : JSON.parse(text);
}

async function route(context: Context, request: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
  const { authToken } = context.options;
  if (authToken !== undefined && request.headers['x-api-key'] !== authToken)
    return refuse(401, 'Unauthorized');
  const [kind = '', ...ids] = pathname.replace('/api/messaging/', '').split('/');
  // Where agents still say that they are done, there is nothing any more: `complete` has no route.
  const name = [kind, ...ids.map((part, index) => (part === 'messages' && index === 1 ? part : ':id'))].join(
    '/',
  );
  const serve = ROUTES[`${request.method} ${name}`];
  if (!serve) return refuse(404, 'API endpoint not found');
  const [id = '', , messageId = kind === 'action' ? id : ''] = ids;
  return serve(context, { id, messageId, query, body: await readBody(request) });
}

/** Answers what is asked beside the sockets. */
export async function serveRest(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const headers = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'content-type, x-api-key',
    'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
    'ratelimit-policy': '1000;w=900',
  };
  const [status, body] = request.method === 'OPTIONS' ? [204] : await route(context, request);
  response.writeHead(status, { ...headers, ...(body && { 'content-type': 'application/json' }) });
  response.end(body && JSON.stringify(body));
}
