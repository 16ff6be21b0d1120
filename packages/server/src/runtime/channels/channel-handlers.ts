import type { EventRegistry, PayloadOf, SESSION_EVENTS, SessionNames } from '@wirepact/contract/runtime';
import type { Connection } from '../ports/connection';
import type { Channels } from './channels';

type Asked = typeof SESSION_EVENTS.clientToServer;

/** What answers those events of the session that are about rooms with a journal. */
export function createChannelHandlers<Events extends EventRegistry>(
  names: Pick<SessionNames, 'join' | 'leave'>,
  channels: Pick<Channels<Events>, 'join' | 'leave'>,
) {
  type Context = { readonly connection: Connection<Events> };
  return {
    [names.join]: ({ connection }: Context, joining: PayloadOf<Asked['join']>) =>
      channels.join(connection, joining),
    [names.leave]: ({ connection }: Context, room: PayloadOf<Asked['leave']>) =>
      channels.leave(connection, room),
  };
}
