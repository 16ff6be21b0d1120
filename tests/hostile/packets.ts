/** Engine.IO's packet types, as they are on the wire. */
export const ENGINE = {
  open: '0',
  close: '1',
  ping: '2',
  pong: '3',
  message: '4',
  upgrade: '5',
  noop: '6',
} as const;

/** Between the packets of one polling payload. */
export const SEPARATOR = '\x1e';

const inNamespace = (namespace: string) => (namespace === '/' ? '' : `${namespace},`);

/** Asks for a namespace. */
export const connectPacket = (namespace = '/', auth?: object): string =>
  `40${inNamespace(namespace)}${auth ? JSON.stringify(auth) : ''}`;

/** An event; with an id it asks for an acknowledgement. */
export const eventPacket = (event: string, payload?: unknown, id: number | '' = ''): string =>
  `42${id}${JSON.stringify(payload === undefined ? [event] : [event, payload])}`;

/** An event whose payload is JSON text as it stands, which may be none. */
export const rawEventPacket = (event: string, json: string, id: number | '' = ''): string =>
  `42${id}[${JSON.stringify(event)},${json}]`;

/** A packet of Socket.IO as a server sends them. */
export interface ServerPacket {
  readonly type: number;
  readonly namespace: string;
  readonly id: number | undefined;
  readonly data: unknown;
}

const SERVER_PACKET = /^4(\d)(?:(\/[^,[{]*),?)?(\d+)?(.*)$/s;

/** Takes a message of Engine.IO apart; `undefined` where it is none of Socket.IO's. */
export function parsePacket(text: string): ServerPacket | undefined {
  const [, type, namespace = '/', id, json] = SERVER_PACKET.exec(text) ?? [];
  if (type === undefined) return undefined;
  const data: unknown = json ? JSON.parse(json) : undefined;
  return { type: Number(type), namespace, id: id === undefined ? undefined : Number(id), data };
}
