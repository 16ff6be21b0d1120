import { Turns } from '../feed/turns';
import type { ChatConnection } from './channel-feed';

/** Runs what reads for a connection. */
export type PacedReads = <Result>(connection: ChatConnection, read: () => Promise<Result>) => Promise<Result>;

/**
 * Lets each connection read one thing at a time, and nothing while it has not taken what it asked for before: answers
 * are so much larger than requests that a few of them would fill the memory otherwise.
 */
export function createPacedReads(): PacedReads {
  const turns = new Turns();
  return (connection, read) =>
    turns.take(connection.id, () => (connection.isCongested() ? connection.drained().then(read) : read()));
}
