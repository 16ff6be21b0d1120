import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Refuses an upgrade on its stream, of which Node's server takes no care any more: says why, and closes it. */
export function refuseUpgrade(
  socket: Duplex,
  status: number,
  text: string,
  headers: readonly string[] = [],
): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: text/plain',
    `Content-Length: ${Buffer.byteLength(text)}`,
    ...headers,
  ];
  socket.on('error', () => undefined);
  // Not only ended: the other side might keep its half open for good.
  socket.end([...lines, '', text].join('\r\n'), () => socket.destroy());
}
