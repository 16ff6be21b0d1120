import { randomUUID } from 'node:crypto';
import { WirepactError } from '@wirepact/contract/runtime';
import type { AttachedChatServer, Channel } from '@wirepact/server';
import { json, Router } from 'express';
import { readChanges } from './channel-requests';

/** A channel as the page sees it. */
const toChannel = ({ id, properties, agentIds, createdAt }: Channel) => ({
  id,
  name: properties.name,
  topic: properties.topic,
  agentIds,
  createdAt,
});

/** The HTTP side of channels: what a product would put behind its own pages and permissions. */
export function createChannelRoutes(chat: () => AttachedChatServer): Router {
  const routes = Router();
  routes.use(json({ limit: '16kb' }));

  routes.post('/', async (request, response) => {
    const { name, topic } = readChanges(request.body);
    if (name === undefined) throw new WirepactError('INVALID_PAYLOAD', 'A channel needs a `name`.');
    const properties = { name, ...(topic !== undefined && { topic }) };
    const channel = await chat().channels.create({ id: randomUUID(), properties });
    response.status(201).json(toChannel(channel));
  });

  routes.get('/:channelId', async (request, response) => {
    response.json(toChannel(await chat().channels.require(request.params.channelId)));
  });

  routes.patch('/:channelId', async (request, response) => {
    const channel = await chat().channels.update(request.params.channelId, readChanges(request.body));
    response.json(toChannel(channel));
  });

  routes.delete('/:channelId', async (request, response) => {
    await chat().channels.delete(request.params.channelId);
    response.status(204).end();
  });

  routes.delete('/:channelId/messages', async (request, response) => {
    await chat().channels.clear(request.params.channelId);
    response.status(204).end();
  });

  routes.delete('/:channelId/messages/:messageId', async (request, response) => {
    const { channelId, messageId } = request.params;
    await chat().messages.delete(channelId, messageId);
    response.status(204).end();
  });

  return routes;
}
