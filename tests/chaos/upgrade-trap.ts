import type { Direction } from './disturbance';
import type { Trap } from './faulty-proxy';

/** In the head of a request that wants its connection to become a WebSocket. */
const UPGRADE = /^upgrade: *websocket/im;

/** Ends the next connection that becomes a WebSocket after so many chunks of the server, and all others with it. */
export class UpgradeTrap implements Trap {
  /** What the server has answered to each connection that wants to be a WebSocket. */
  private readonly given = new WeakMap<object, number>();

  constructor(private readonly answers: number) {}

  look(connection: object, direction: Direction, chunk: Buffer): 'pass' | 'all' {
    let given = this.given.get(connection);
    if (direction === 'toServer' && UPGRADE.test(chunk.toString('latin1'))) given ??= 0;
    else if (direction === 'toClient' && given !== undefined) given += 1;
    if (given === undefined) return 'pass';
    this.given.set(connection, given);
    return given < this.answers ? 'pass' : 'all';
  }
}
