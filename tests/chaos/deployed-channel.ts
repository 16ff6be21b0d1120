import type { DatedMessage } from './deployed-rest';
import type { KeptMessage } from './run-record';

/** What a client on the deployed wire knows of one channel: messages by their ids, in the order of their times. */
export class DeployedChannel {
  isJoined = false;
  /** How often it was joined. */
  joins = 0;
  /** Counts times in the channel, in each of which everything is told; outside of it only what one has sent, each by itself. */
  private stays = 0;
  private isIn = false;
  private messages = new Map<string, DatedMessage>();
  /** What came while it was being found out what was missed. */
  private held: (() => void)[] = [];

  constructor(readonly id: string) {}

  /** From now on what comes is held back, until {@link arrive}; what was held before is forgotten. */
  hold(): void {
    this.isJoined = false;
    this.isIn = false;
    this.held = [];
  }

  /** Is told that it is in the channel, for the first time or again. */
  enter(): void {
    if (!this.isIn) this.stays += 1;
    this.isIn = true;
  }

  /** Names the time in the channel in which something is told now. */
  nameStay(): string {
    if (!this.isIn) this.stays += 1;
    return `${this.stays}`;
  }

  /** Has what the history has, and then what came since the join. */
  arrive(history: readonly DatedMessage[]): void {
    this.messages = new Map(history.map((message) => [message.id, message]));
    this.isJoined = true;
    for (const change of this.held) change();
    this.held = [];
  }

  show(message: DatedMessage): void {
    this.change(() => this.messages.set(message.id, message));
  }

  remove(messageId: string): void {
    this.change(() => this.messages.delete(messageId));
  }

  clear(): void {
    this.change(() => this.messages.clear());
  }

  /** What it shows, without what it does not know: numbers. */
  shown(): KeptMessage[] {
    return [...this.messages.values()].sort((one, other) => one.createdAt - other.createdAt);
  }

  private change(change: () => void): void {
    if (this.isJoined) change();
    else this.held.push(change);
  }
}
