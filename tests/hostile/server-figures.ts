import type { Server } from 'node:http';
import { queryObjects } from 'node:v8';
import type { LogStream } from '@wirepact/server';
import { Socket } from 'socket.io';
import { cpuMsOf } from './cpu-clock';

const TURN_CHECK_MS = 5;

/** What a server process has measured of itself. */
export interface Figures {
  /** The longest its event loop has computed without coming round to a timer that was due. */
  readonly longestTurnMs: number;
  /** Calls of the host's hooks, by name. */
  readonly calls: Readonly<Record<string, number>>;
  /** Those of them that are under way. */
  readonly underWay: Readonly<Record<string, number>>;
  /** Most calls of a hook that were under way at once. */
  readonly mostAtOnce: Readonly<Record<string, number>>;
}

/** What is still there in a server process, after a full garbage collection. */
export interface Remains {
  /** Socket.IO's sockets: connections in a namespace, those that ended and are still held included. */
  readonly sockets: number;
  /** Subscriptions to the log. */
  readonly logSubscriptions: number;
  /** All objects. */
  readonly objects: number;
}

/** Measures the turns of this process's event loop; what is returned tells the longest so far. */
export function watchTurns(): { longestMs: () => number; restart: () => void } {
  let last = cpuMsOf(process.pid);
  let longest = 0;
  const check = () => {
    const now = cpuMsOf(process.pid);
    longest = Math.max(longest, now - last);
    last = now;
  };
  setInterval(check, TURN_CHECK_MS).unref();
  return {
    longestMs: () => Math.round(longest),
    restart: () => {
      last = cpuMsOf(process.pid);
      longest = 0;
    },
  };
}

/** Counts calls of hooks. */
export class HookCounter {
  readonly calls: Record<string, number> = {};
  readonly mostAtOnce: Record<string, number> = {};
  readonly underWay: Record<string, number> = {};

  /** The hook, counted. */
  readonly counted =
    <Args extends unknown[], Result>(name: string, hook: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      this.calls[name] = (this.calls[name] ?? 0) + 1;
      this.underWay[name] = (this.underWay[name] ?? 0) + 1;
      this.mostAtOnce[name] = Math.max(this.mostAtOnce[name] ?? 0, this.underWay[name]);
      try {
        return await hook(...args);
      } finally {
        this.underWay[name] -= 1;
      }
    };
}

/** A log stream that says how many subscribe to it. */
export function countSubscriptions(stream: LogStream): { stream: LogStream; count: () => number } {
  let count = 0;
  const subscribe: LogStream['subscribe'] = (filter, sink) => {
    const subscription = stream.subscribe(filter, sink);
    count += 1;
    let isOn = true;
    return {
      setFilter: (next) => subscription.setFilter(next),
      unsubscribe: () => {
        if (isOn) count -= 1;
        isOn = false;
        subscription.unsubscribe();
      },
    };
  };
  return { stream: { write: (line) => stream.write(line), subscribe }, count: () => count };
}

/** Upgraded connections are not the http server's any more; it forgets them, so they are counted here. */
export function countTcp(server: Server): () => number {
  let count = 0;
  server.on('connection', (socket) => {
    count += 1;
    socket.once('close', () => {
      count -= 1;
    });
  });
  return () => count;
}

/** How many there are on the heap; looking collects all garbage first. */
export const countSockets = (): number => queryObjects(Socket, { format: 'count' });
export const countObjects = (): number => queryObjects(Object, { format: 'count' });
