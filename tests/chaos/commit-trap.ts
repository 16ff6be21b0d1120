import type { Direction } from './disturbance';
import type { Trap } from './faulty-proxy';

/** A query of PostgreSQL's protocol, simple (`Q`) or to be prepared (`P`, with a name), that says `commit`. */
const COMMIT = /(?:Q[\s\S]{4}|P[\s\S]{4}[^\0]*\0)commit\0/i;
/** The command tag of a transaction that was committed. */
const COMMITTED = 'COMMIT\0';
const ROLLED_BACK = 'ROLLBACK\0';

/**
 * Between a server and PostgreSQL: lets the transaction that writes a text reach the database with its commit, and ends
 * the connection before the answer is back.
 */
export class CommitTrap implements Trap {
  /** How far each connection's transaction is that has the text. */
  private readonly states = new WeakMap<object, 'writing' | 'committing'>();

  /**
   * @param text Something that only this transaction writes.
   * @param cuts Whether the other connections to the database end with it.
   */
  constructor(
    private readonly text: string,
    private readonly cuts: 'one' | 'all',
  ) {}

  look(connection: object, direction: Direction, chunk: Buffer): 'pass' | 'one' | 'all' {
    const bytes = chunk.toString('latin1');
    const state = this.states.get(connection);
    if (direction === 'toClient') {
      if (state === 'committing' && bytes.includes(COMMITTED)) return this.cuts;
      if (bytes.includes(ROLLED_BACK)) this.states.delete(connection);
      return 'pass';
    }
    if (bytes.includes(this.text)) this.states.set(connection, 'writing');
    if (this.states.has(connection) && COMMIT.test(bytes)) this.states.set(connection, 'committing');
    return 'pass';
  }
}
