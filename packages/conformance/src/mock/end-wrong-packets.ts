import { SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Socket } from 'socket.io';

/** How packets begin that nobody asked for, or that have binary data: acknowledgements, as a mock asks for nothing, and such events. */
const REFUSED = /^[356]/;

/** Ends the connection of a client whose packet no server takes, and says why. */
export function endWrongPackets(socket: Socket): void {
  const end = (message: string) => {
    socket.emit(SESSION_NAMES.ended, { reason: 'INVALID_PACKET', message, reconnect: false });
    socket.conn.close();
  };
  const look = ({ type, data }: { readonly type: string; readonly data?: unknown }) => {
    if (type === 'message' && REFUSED.test(String(data)))
      end('Nothing is to be acknowledged here, and binary data is not taken.');
  };
  socket.conn.on('packet', look);
  socket.on('error', () => end('A packet was malformed.'));
  socket.on('disconnect', () => void socket.conn.off('packet', look));
}
