import { Socket } from 'node:net';

/**
 * A socket that sends together what is written in one turn of the event loop, by those who cork it: a write costs more than what
 * is in it. (`write` cannot be told apart: Node puts its own in place of any other when a socket connects.)
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
