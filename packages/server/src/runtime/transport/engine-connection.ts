import type { Socket } from 'socket.io';

/** An Engine.IO connection: what the namespaces of one client share. */
export type EngineConnection = Socket['conn'];

/** What is used of a websocket of ws. */
export interface Websocket {
  /** Bytes that were sent on it and that the operating system has not taken yet. */
  readonly bufferedAmount: number;
  on(event: 'ping', listener: (this: Websocket) => void): unknown;
  once(event: 'close', listener: () => void): unknown;
  /** Reads nothing more until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends it with a code and a reason, which the other side is to confirm. */
  close(code: number, reason: string): void;
  /** Ends it without waiting for the other side. */
  terminate(): void;
}

/** A property of something that may be anything. */
export const propertyOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** Whether something is a websocket of ws. */
export const isWebsocket = (value: unknown): value is Websocket =>
  typeof propertyOf(value, 'terminate') === 'function';

/** The websocket under an Engine.IO connection, which keeps it private; none while it is polling. */
export function websocketUnder(connection: unknown): Websocket | undefined {
  const websocket = propertyOf(propertyOf(connection, 'transport'), 'socket');
  return isWebsocket(websocket) ? websocket : undefined;
}
