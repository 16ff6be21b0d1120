import { Turns } from '../feed/turns';

/** What is used of a connection that reads. */
export interface Reader {
  readonly id: string;
  isCongested(): boolean;
  drained(): Promise<void>;
}

/** Runs what reads for a connection. */
export type PacedReads = <Result>(connection: Reader, read: () => Promise<Result>) => Promise<Result>;

/** Reads that begin in one turn of the event loop: what they find may all be written in the same turn. */
const READS_PER_TURN = 8;

/** Makes a function that resolves at once for the first few calls in a turn of the event loop, for others in a later turn. */
function createTurnLimit(): () => Promise<void> {
  let begun = 0;
  let turn: Promise<void> | undefined;
  const nextTurn = () => {
    turn ??= new Promise((resolve) => {
      setImmediate(() => {
        begun = 0;
        turn = undefined;
        resolve();
      });
    });
    return turn;
  };
  return async () => {
    while (begun >= READS_PER_TURN) await nextTurn();
    begun += 1;
    void nextTurn();
  };
}

/**
 * Lets each connection read one thing at a time, and nothing while it has not taken what it asked for before: answers
 * are so much larger than requests that a few of them would fill the memory otherwise. Nor do many connections
 * together keep everybody else waiting.
 */
export function createPacedReads(): PacedReads {
  const turns = new Turns();
  const begin = createTurnLimit();
  return (connection, read) =>
    turns.take(connection.id, async () => {
      if (connection.isCongested()) await connection.drained();
      await begin();
      return read();
    });
}
