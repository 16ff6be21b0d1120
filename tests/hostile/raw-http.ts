import type { Socket } from 'node:net';
import { openTcp, type Target, within } from './raw-tcp';

/** A request, of which every part may be wrong. */
export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** An answer as it came. */
export interface RawResponse {
  readonly status: number;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request's first lines; a body's length is told where there is a body. */
export function headOf({ method = 'GET', path, headers = {}, body }: RawRequest): string {
  const length = body === undefined ? {} : { 'Content-Length': `${Buffer.byteLength(body)}` };
  const lines = Object.entries({ Host: 'chat.test', ...length, ...headers }).map((pair) => pair.join(': '));
  return [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

/** Takes an answer apart; `undefined` where its first lines have not come whole. */
export function parseResponse(bytes: Buffer): RawResponse | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  return { status: Number(first.split(' ')[1]), headers, body: bytes.toString('utf8', end + 4) };
}

/** Everything the other side says until it ends the connection. */
export const readToEnd = (socket: Socket): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  return within(
    new Promise((resolve) => socket.once('close', () => resolve(Buffer.concat(chunks)))),
    'the end of a connection',
  );
};

/** One request on a connection of its own; `undefined` where the server hung up without an answer. */
export async function request(target: Target, asked: RawRequest): Promise<RawResponse | undefined> {
  const socket = await openTcp(target);
  const answer = readToEnd(socket);
  socket.write(headOf({ ...asked, headers: { Connection: 'close', ...asked.headers } }));
  if (asked.body !== undefined) socket.write(asked.body);
  return parseResponse(await answer);
}
