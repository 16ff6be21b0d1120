import { createHash, randomUUID } from 'node:crypto';
import { WirepactError } from '@wirepact/contract/runtime';
import { ZERO_UUID } from '@wirepact/protocol';
import { fieldsOf } from '../../runtime/dialects/fields-of';
import { isUuid } from '../services/channel-id';
import { participantsOf, toChannelRecord } from './rest-records';
import { ask, hasCode, invalidRequest, type RestAnswer, type RestRequest } from './rest-request';

const MAX_NAME_LENGTH = 256;
/** Channels that a list shows at most. */
const MAX_LISTED = 1_000;

const idOf = ({ ids: [channelId = ''] }: RestRequest) => channelId;

/** Reading its history is what lets somebody see a channel. */
async function readChannel(request: RestRequest) {
  const channelId = idOf(request);
  await ask(request, 'list_messages', { channelId, limit: 1 });
  return request.services.channels.require(channelId);
}

/** A channel's record. */
export const getChannel = async (request: RestRequest): Promise<RestAnswer> => ({
  status: 200,
  data: toChannelRecord(await readChannel(request)),
});

/** The ids of those who take part. */
export const getParticipants = async (request: RestRequest): Promise<RestAnswer> => ({
  status: 200,
  data: participantsOf(await readChannel(request)),
});

/** The channels that the host lists for somebody. */
export async function listChannels({ caller, services }: RestRequest): Promise<RestAnswer> {
  // Whoever asks is counted, whatever there is to see.
  await caller.ask('heartbeat', undefined);
  const ids = (await services.channelsOf(caller.identity)).slice(0, MAX_LISTED);
  const found = await Promise.all(ids.map((id) => services.channels.get(id)));
  const channels = found.filter((channel) => channel !== undefined).map(toChannelRecord);
  return { status: 200, data: { channels } };
}

/** Joins a channel, which creates it where joins do, and says who answers there. */
async function open(request: RestRequest, join: Record<string, unknown>, name: string): Promise<RestAnswer> {
  const { channels, agents } = request.services;
  const channelId = String(join.channelId);
  const isNew = !(await channels.get(channelId));
  try {
    await ask(request, 'join_channel', join);
  } catch (cause) {
    if (!isNew || !hasCode(cause, 'CHANNEL_NOT_FOUND')) throw cause;
    throw new WirepactError(
      'FORBIDDEN',
      'Channels are created by the host of this server, and by nobody else.',
    );
  }
  if (isNew) {
    const channel = await channels.update(channelId, { name });
    const participants = participantsOf(channel).map((id) => String(id).toLowerCase());
    for (const { id } of agents)
      if (participants.includes(id.toLowerCase())) await channels.addAgent(channelId, id);
  }
  return { status: isNew ? 201 : 200, data: toChannelRecord(await channels.require(channelId)) };
}

/** Creates a channel with an id of its own. */
export function createChannel(request: RestRequest): Promise<RestAnswer> {
  const { name, type = 'GROUP', metadata, ...body } = request.body;
  const participantIds = body.participantCentralUserIds ?? [];
  const serverId = body.messageServerId ?? body.message_server_id ?? body.server_id ?? ZERO_UUID;
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME_LENGTH)
    throw invalidRequest(`Invalid payload. Required: name, of ${MAX_NAME_LENGTH} characters at most.`);
  if (!isUuid(serverId)) throw invalidRequest('Invalid message_server_id format');
  if (!Array.isArray(participantIds) || !participantIds.every(isUuid))
    throw invalidRequest('Invalid payload. participantCentralUserIds is an array of UUIDs.');
  const channel = { ...fieldsOf(metadata), channelType: type, participantIds };
  return open(request, { channelId: randomUUID(), serverId, metadata: channel }, name);
}

/** The one id that the channel of two entities has, whoever of them asks: a UUID of version 8. */
function toDmId(one: string, other: string): string {
  const pair = [one, other].map((id) => id.toLowerCase()).sort();
  const hex = createHash('sha256')
    .update(`dm ${pair.join(' ')}`)
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The channel of two entities, created where there is none. */
export async function findDmChannel(request: RestRequest): Promise<RestAnswer> {
  const [entityId, target] = ['currentUserId', 'targetUserId'].map((name) => request.query.get(name));
  const serverId = request.query.get('dmServerId') ?? ZERO_UUID;
  if (!isUuid(entityId) || !isUuid(target)) throw invalidRequest('Missing targetUserId or currentUserId');
  if (entityId.toLowerCase() === target.toLowerCase())
    throw invalidRequest('Cannot create DM channel with oneself');
  const metadata = { isDm: true, channelType: 'DM', participantIds: [entityId, target] };
  const { data } = await open(
    request,
    { channelId: toDmId(entityId, target), serverId, entityId, metadata },
    'DM',
  );
  return { status: 200, data };
}

/** Sets properties, which every member is told. */
export async function updateChannel(request: RestRequest): Promise<RestAnswer> {
  const channelId = idOf(request);
  const { name, topic, metadata, participantCentralUserIds: participantIds } = request.body;
  const kept = { name, topic, metadata, participantIds };
  const updates = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  await ask(request, 'update_channel', { channelId, updates });
  return { status: 200, data: toChannelRecord(await request.services.channels.require(channelId)) };
}

/** Deletes a channel; one that there is not is deleted already. */
export async function deleteChannel(request: RestRequest): Promise<RestAnswer> {
  try {
    await ask(request, 'delete_channel', { channelId: idOf(request) });
  } catch (cause) {
    if (!hasCode(cause, 'CHANNEL_NOT_FOUND')) throw cause;
  }
  return { status: 204 };
}
