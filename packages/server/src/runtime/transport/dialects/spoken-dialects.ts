import type { Logger } from 'pino';
import { atOnce } from '../../at-once';
import type { Dialect } from '../../ports/dialect';
import type { Handshake } from '../../ports/identity';
import type { OnFlaw } from './speaker';

/** Finds out what clients speak. Made once for all connections of a server. */
export class SpokenDialects {
  private readonly told = new Set<string>();

  constructor(
    /** Those that a server understands besides its contract. */
    readonly all: readonly Dialect[],
    /** Whether the contract, or the session, has an event. */
    private readonly isOwn: (event: string) => boolean,
    private readonly logger: Logger,
  ) {}

  /** What a client speaks, as far as its handshake tells. */
  ofHandshake(handshake: Handshake): Dialect | undefined {
    return this.all.find((dialect) => {
      try {
        return atOnce(dialect.speaks(handshake)) === true;
      } catch (err) {
        this.onFlaw(dialect, 'speaks', err);
        return false;
      }
    });
  }

  /** What an event tells of its sender: that it speaks a dialect, or the contract's own wire; or nothing. */
  ofEvent(event: string): Dialect | 'contract' | undefined {
    const naming = this.all.find(({ receive }) => Object.hasOwn(receive, event));
    if (this.isOwn(event)) return naming ? undefined : 'contract';
    return naming;
  }

  /** A mapping that is wrong for what somebody sent would be so again: the log has it once. */
  readonly onFlaw: OnFlaw = ({ name: dialect }, event, err) => {
    const key = `${dialect} ${event}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    this.logger.warn(
      { err, dialect, event },
      `the dialect ${dialect} failed at ${event}; further times are not logged`,
    );
  };
}
