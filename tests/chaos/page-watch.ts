import { randomUUID } from 'node:crypto';
import { ANSWER_TIMEOUT_MS, codeOf, type Observer } from './chaos-client';

/** What is used of a client's connection. */
interface Watched {
  get(): { readonly status: string };
  subscribe(listener: (state: { readonly status: string }) => void): unknown;
}

/** Tells of a page what a run wants to know of it, until the page is gone. */
export class PageWatch {
  isGone = false;
  /** How often the connection became another, or none. */
  private connections = 0;
  private readonly id = randomUUID();
  readonly observer: Observer;

  constructor(observer: Observer) {
    this.observer = this.whilePresent(observer);
  }

  /** Names the connection that there is now, among those of all pages. */
  get connection(): string {
    return `${this.id} ${this.connections}`;
  }

  /** Notes where the connection stands. */
  follow(connection: Watched): void {
    connection.subscribe(({ status }) => {
      this.connections += 1;
      this.observer.note(status);
    });
  }

  /** The same answer, once it is there; tells where there was none in time on a connection that was up. */
  async answered<Reply>(
    connection: Watched,
    event: string,
    channelId: string,
    answer: Promise<Reply>,
  ): Promise<Reply> {
    const { connections } = this;
    const isUp = () => connection.get().status === 'connected';
    const wasUp = isUp();
    return answer.catch((cause) => {
      if (codeOf(cause) === 'TIMEOUT' && wasUp && isUp() && connections === this.connections)
        this.observer.unanswered({ event, channelId, afterMs: ANSWER_TIMEOUT_MS });
      throw cause;
    });
  }

  /** What a page that is gone sees, nobody is told. */
  private whilePresent(observer: Observer): Observer {
    const { seen, hole, unanswered, says, misfit, told, note, changed } = observer;
    const only =
      <Arguments extends unknown[]>(tell: (...told: Arguments) => void) =>
      (...told: Arguments) => {
        if (!this.isGone) tell(...told);
      };
    const events = { seen: only(seen), hole: only(hole), unanswered: only(unanswered) };
    const answers = { says: only(says), misfit: only(misfit), told: only(told) };
    return { ...events, ...answers, note: only(note), changed: only(changed) };
  }
}
