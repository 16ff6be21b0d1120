import type { Writable } from 'node:stream';
import type { Server } from 'socket.io';
import { propertyOf, websocketUnder } from './engine-connection';

type Engine = Server['engine'];

const isWritable = (value: unknown): value is Writable => typeof propertyOf(value, 'cork') === 'function';

/** The stream under a connection's websocket. */
function streamUnder(connection: unknown): Writable | undefined {
  const stream = propertyOf(websocketUnder(connection), '_socket');
  return isWritable(stream) ? stream : undefined;
}

/**
 * Makes packets that wait for a connection go out in one system call instead of one each, which is half
 * of what a packet costs. Engine.IO hands them to the websocket between `flush` and `drain`.
 */
export function corkFlushes(engine: Engine): void {
  let corked: Writable | undefined;
  engine.on('flush', (connection: unknown, packets: readonly unknown[]) => {
    if (packets.length < 2) return;
    corked = streamUnder(connection);
    corked?.cork();
  });
  engine.on('drain', () => {
    corked?.uncork();
    corked = undefined;
  });
}
