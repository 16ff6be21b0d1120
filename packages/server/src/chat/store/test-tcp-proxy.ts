import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A TCP proxy in front of a database that can be made to fail as networks do. */
export interface TcpProxy {
  /** The connection string, but through the proxy. */
  readonly connection: string;
  /** From now on nothing is passed on, either way, and nothing is closed: the other side seems to hang. */
  stall(): void;
  /** The same for what is connected now; who connects anew is served. */
  stallConnected(): void;
  /** Passes on what was held back, and everything from now on. */
  resume(): void;
  /** Ends the next connection on which the database is sent this text, once its answer says `tag`: the answer is lost. */
  loseAnswerTo(text: string, tag?: string): void;
  /** How often something was sent to the database after an answer of its. */
  readonly roundTrips: number;
}

/** Starts a proxy in front of the database with this connection string; it ends with the test. */
export async function createTcpProxy(connection: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(connection);
  const pairs = new Set<readonly [Socket, Socket]>();
  let isStalled = false;
  let roundTrips = 0;
  let isAnswered = true;
  let lost: { readonly text: string; readonly tag: string } | undefined;

  const stallPair = (pair: readonly [Socket, Socket]) => {
    for (const socket of pair) socket.pause();
  };

  const proxy = createServer((client) => {
    const database = connect(Number(port), hostname);
    const pair = [client, database] as const;
    let tag: string | undefined;
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    client.on('data', (bytes) => {
      if (isAnswered) roundTrips += 1;
      isAnswered = false;
      if (lost && bytes.includes(lost.text)) {
        tag = lost.tag;
        lost = undefined;
      }
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      isAnswered = true;
      if (tag !== undefined && bytes.includes(tag)) end();
      else client.write(bytes);
    });
    if (isStalled) stallPair(pair);
  });
  onTestFinished(() => {
    for (const [client, database] of pairs) for (const socket of [client, database]) socket.destroy();
    proxy.close();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));

  const address = proxy.address();
  const url = new URL(connection);
  url.port = `${typeof address === 'object' && address ? address.port : 0}`;
  return {
    connection: url.href,
    stall() {
      isStalled = true;
      pairs.forEach(stallPair);
    },
    stallConnected: () => pairs.forEach(stallPair),
    resume() {
      isStalled = false;
      for (const pair of pairs) for (const socket of pair) socket.resume();
    },
    loseAnswerTo(text, tag = '') {
      lost = { text, tag };
    },
    get roundTrips() {
      return roundTrips;
    },
  };
}
