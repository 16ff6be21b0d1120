import { type Channel, createChatClient, type SentMessage, type ViewMessage } from '@wirepact/client';
import { type Position, ZERO_UUID } from '@wirepact/protocol';
import { type ChaosClient, type ClientSettings, type CreateClient, toSubject } from './chaos-client';
import type { DurableName, KeptMessage, MemberView, Receipt } from './run-record';

const DURABLE_NAMES = ['messageBroadcast', 'messageDeleted', 'channelCleared', 'channelUpdated'] as const;

/** The least that shows whether pages fit together. */
const PAGE_SIZE = 40;

const toReceipt = ({ messageId: id, epoch = '', seq = 0 }: SentMessage): Receipt => ({ id, epoch, seq });

const toKept = ({ id = '', seq = 0, senderId, text }: ViewMessage): KeptMessage => ({
  ...{ id, seq, senderId, text },
});

function toMemberView({ view }: Channel): MemberView {
  const { messages, properties, position } = view.get();
  const unsent = messages.filter(({ status }) => status !== 'sent').map(({ text }) => text);
  return {
    ...{ position, properties, unsent },
    messages: messages.filter(({ status }) => status === 'sent').map(toKept),
  };
}

function observe(channel: Channel, { observer }: ClientSettings): void {
  const { id: channelId } = channel;
  const note = (event: DurableName, payload: Partial<Position> & Parameters<typeof toSubject>[1]) => {
    const { epoch = '', seq = 0 } = payload;
    observer.seen({ channelId, event, epoch, seq, subject: toSubject(event, payload) });
  };
  for (const event of DURABLE_NAMES) channel.on(event, (payload) => note(event, payload));
  channel.view.subscribe(observer.changed);
  channel.state.subscribe(({ status }) => observer.note(`${channelId} is ${status}`));
}

/** Loads what the view does not have since it was started anew, page after page, as a reader who scrolls up does. */
function keepComplete(channel: Channel, { observer }: ClientSettings): void {
  let isLoading = false;
  const load = () => {
    const { hasOlder, status } = channel.view.get();
    if (isLoading || !hasOlder || status !== 'joined') return;
    isLoading = true;
    observer.note(`${channel.id} has older messages`);
    channel
      .loadOlder(PAGE_SIZE)
      .catch((cause) => observer.note(`cannot load older messages: ${cause}`))
      .finally(() => {
        isLoading = false;
        load();
      });
  };
  channel.view.subscribe(load);
}

/** The SDK as an application uses it. */
export const createSdkClient: CreateClient = (settings) => {
  const { url, name, channelIds, transports, observer } = settings;
  const chat = createChatClient(url, {
    ...{ entityId: name, transports, heartbeatIntervalMs: 0 },
    ...{ reconnectionDelay: 10, reconnectionDelayMax: 100, timeout: 2_000, requestTimeoutMs: 3_000 },
    sendTimeoutMs: 120_000,
    onContractViolation: ({ event }) => observer.note(`${event} breaks the contract`),
  });
  chat.connection.subscribe(({ status }) => observer.note(status));
  const channels = new Map<string, Channel>();
  const join = async (id: string) => {
    const channel = await chat.join(id);
    observe(channel, settings);
    keepComplete(channel, settings);
    channels.set(id, channel);
    observer.changed();
  };
  for (const id of channelIds) join(id).catch((cause) => observer.note(`cannot join ${id}: ${cause}`));
  const channelOf = (id: string): Channel => {
    const channel = channels.get(id);
    if (!channel) throw new Error(`${name} has not joined ${id}.`);
    return channel;
  };
  const client: ChaosClient = {
    isReady: () => channels.size === channelIds.length,
    send: async (channelId, text) => toReceipt(await channelOf(channelId).send(text, { messageId: text })),
    async sendOnce(channelId, text) {
      const message = { channelId, text, messageId: text, entityId: name, serverId: ZERO_UUID };
      return toReceipt(await chat.request('send_message', message));
    },
    manage: (event, payload) => {
      const { channelId, messageId, updates } = payload;
      if (event === 'delete_message') return chat.request(event, { channelId, messageId: String(messageId) });
      if (event === 'update_channel') return chat.request(event, { channelId, updates: Object(updates) });
      return chat.request(event, { channelId });
    },
    view: (channelId) => toMemberView(channelOf(channelId)),
    close: () => chat.close(),
  };
  return client;
};
