import type { Contract } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { ChannelHandle } from '../../runtime/channels/channel-handle';
import { ChannelHandles } from '../../runtime/channels/channel-handles';
import { Channels, type ChannelsDeps } from '../../runtime/channels/channels';
import { journalRoomsOf } from '../../runtime/channels/journal-rooms';
import type { ChatConnection } from './channel-feed';
import { toChannelId } from './channel-id';
import type { ChannelService } from './channels';

/** What the chat calls its own kind of room. */
export const CHANNEL = 'channel';

type ChatEvents = Protocol['serverToClient'];

/** What {@link ExtensionRooms} are made of. */
export interface ExtensionRoomsDeps extends Omit<ChannelsDeps<ChatEvents>, 'kinds'> {
  readonly channels: Pick<ChannelService, 'require' | 'remove' | 'recheck'>;
}

/** A payload that names its channel as the chat spells it: ids of channels are the same in upper and lower case. */
function withChannelId<Payload>(
  { serverToClient }: Pick<Contract, 'serverToClient'>,
  event: string,
  payload: Payload,
): Payload {
  const { property, fallback } = serverToClient[event]?.room ?? {};
  if (typeof payload !== 'object' || payload === null) return payload;
  const spelled = { ...payload };
  for (const name of [property, fallback]) {
    const id: unknown = name !== undefined && Object.hasOwn(payload, name) && Reflect.get(payload, name);
    if (name !== undefined && typeof id === 'string') Object.assign(spelled, { [name]: toChannelId(id) });
  }
  return spelled;
}

/** Where an extension of the chat publishes its durable events: in the chat's channels, and in rooms of its own. */
export class ExtensionRooms {
  /** Who is in the extension's own rooms. */
  readonly own: Channels<ChatEvents>;
  private readonly handles: ChannelHandles<ChatEvents>;

  constructor(private readonly deps: ExtensionRoomsDeps) {
    const { channels } = deps;
    const kinds = journalRoomsOf(deps.contract);
    kinds.delete(CHANNEL);
    this.own = new Channels<ChatEvents>({ ...deps, kinds });
    this.handles = new ChannelHandles<ChatEvents>({
      ...deps,
      kicks: channels,
      find: (id) => channels.require(id),
      create: (id) => channels.require(id),
    });
  }

  /** One room; what is published in it is caused by `sender`, where that is one. */
  handle(name: string, id: string, sender?: ChatConnection): ChannelHandle<ChatEvents> {
    return name === CHANNEL ? this.channel(toChannelId(id), sender) : this.own.handle(name, id, sender);
  }

  /** A channel of the chat: events go into its journal among the messages, and only where there is such a channel. */
  private channel(id: string, sender: ChatConnection | undefined): ChannelHandle<ChatEvents> {
    const { contract, channels } = this.deps;
    const handle = this.handles.of({ name: CHANNEL, id }, id, sender);
    return {
      ...handle,
      publish: async (event, payload, options) => {
        if (options?.transaction) await channels.require(id);
        return handle.publish(event, withChannelId(contract, event, payload), options);
      },
    };
  }
}
