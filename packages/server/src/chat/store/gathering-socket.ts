import { Socket } from 'node:net';

/**
 * A socket for pg, which corks it around each statement: all statements of one turn of the event loop are sent together, as a write
 * costs more than what is in it. Only `cork` is replaced: Node puts its own `write` in place of any other when a socket connects.
 */
export class GatheringSocket extends Socket {
  private isGathering = false;

  override cork(): void {
    super.cork();
    if (this.isGathering) return;
    this.isGathering = true;
    super.cork();
    process.nextTick(() => {
      this.isGathering = false;
      this.uncork();
    });
  }
}
