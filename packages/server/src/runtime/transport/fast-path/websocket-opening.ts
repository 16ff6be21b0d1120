import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { refuseUpgrade } from '../http-refusal';

/** RFC 6455: what is put behind the client's key, and hashed with it. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const KEY = /^[+/0-9A-Za-z]{22}==$/;
/** A token of HTTP. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** A request for a websocket that is not as RFC 6455 has it. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: readonly string[] = [],
  ) {
    super(message);
  }
}

/** The subprotocol that is spoken: the first that the client names, whatever it means by it. */
function subprotocolOf(names: string | undefined): string | undefined {
  if (names === undefined) return undefined;
  const tokens = names.split(',').map((name) => name.trim());
  if (tokens.every((token) => TOKEN.test(token))) return tokens[0];
  throw new Refusal(400, 'Invalid Sec-WebSocket-Protocol header');
}

/** The lines that open the websocket. @throws Refusal */
function openingOf({ method, headers }: IncomingMessage): string[] {
  const { upgrade, 'sec-websocket-key': key, 'sec-websocket-version': version } = headers;
  if (method !== 'GET') throw new Refusal(405, 'Invalid HTTP method');
  if (upgrade?.toLowerCase() !== 'websocket') throw new Refusal(400, 'Invalid Upgrade header');
  if (key === undefined || !KEY.test(key))
    throw new Refusal(400, 'Missing or invalid Sec-WebSocket-Key header');
  if (version !== '13') {
    const spoken = ['Sec-WebSocket-Version: 13'];
    throw new Refusal(400, 'Missing or invalid Sec-WebSocket-Version header', spoken);
  }
  const subprotocol = subprotocolOf(headers['sec-websocket-protocol']);
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${createHash('sha1')
      .update(key + GUID)
      .digest('base64')}`,
    ...(subprotocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`]),
  ];
}

/**
 * RFC 6455: answers a request for a websocket, as ws does. Answers with whether it is open; where it is not, the client has
 * been told why. `addHeaders` puts its own lines behind those of the opening.
 */
export function openWebsocket(
  request: IncomingMessage,
  socket: Duplex,
  addHeaders: (lines: string[]) => void,
): boolean {
  if (!socket.readable || !socket.writable) {
    socket.destroy();
    return false;
  }
  try {
    const lines = openingOf(request);
    addHeaders(lines);
    socket.write([...lines, '', ''].join('\r\n'));
    return true;
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    refuseUpgrade(socket, cause.status, cause.message, cause.headers);
    return false;
  }
}
