import { formatIssues, type PresenceMember, WirepactError } from '@wirepact/contract/runtime';
import { timerMs } from '../base/deadline';
import { isRecord } from '../base/is-record';
import type { WritableObservable } from '../base/observable';
import { reportUncaught } from '../base/report-uncaught';
import type { PresenceDeps } from './presence';
import { PresenceMembers } from './presence-members';

/** Milliseconds between two states: others are told no more often. */
const SEND_INTERVAL_MS = 250;
/** Milliseconds until what could not be said or asked is tried again, at least. */
const RETRY_MS = 5_000;

/** How many milliseconds to wait after an error, or `undefined` where trying again makes no sense. */
function retryAfter(cause: unknown): number | undefined {
  if (!(cause instanceof WirepactError)) return RETRY_MS;
  return cause.retryable ? Math.max(timerMs(cause.retryAfterMs ?? 0), RETRY_MS) : undefined;
}

/** What this client does. */
interface Held {
  readonly state: unknown;
  /** When it is over, Unix time in milliseconds. */
  readonly endsAt: number;
}

/** Keeps up who is in one room, and what this client does there, over reconnects. */
export class PresenceDriver {
  readonly #list: PresenceMembers;
  #isWatching = false;
  /** What the server was asked last, in this membership. */
  #isAsked = false;
  #held: Held | undefined;
  /** Whether the server may know of a state. */
  #isSaid = false;
  #sentAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askTimer: ReturnType<typeof setTimeout> | undefined;

  readonly #deps: PresenceDeps;
  readonly #members: WritableObservable<readonly PresenceMember[]>;
  readonly #count: WritableObservable<number>;

  constructor(
    deps: PresenceDeps,
    members: WritableObservable<readonly PresenceMember[]>,
    count: WritableObservable<number>,
  ) {
    this.#deps = deps;
    this.#members = members;
    this.#count = count;
    this.#list = new PresenceMembers(deps);
    deps.channel.subscribe(({ status }) => this.#follow(status));
  }

  /** Whether anybody wants to know who is there. */
  watch(isWatching: boolean): void {
    this.#isWatching = isWatching;
    // Who looks away often looks again at once.
    setTimeout(() => this.#ask(), 0);
  }

  set(state: unknown, forMs = Number.POSITIVE_INFINITY): void {
    const { schema } = this.#deps;
    if (!schema.check(state)) {
      void refuse(schema.issues(state));
      return;
    }
    this.#held = { state, endsAt: Date.now() + forMs };
    this.#sendIn(this.#sentAt + SEND_INTERVAL_MS - Date.now());
  }

  clear(): void {
    this.#held = undefined;
    // That it is over does not wait; what is said next does, so this is not more often than states are.
    if (this.#isSaid) this.#sendIn(0);
  }

  /** Takes what the server tells. */
  deliver(change: unknown): void {
    if (!this.#isWatching || !isRecord(change)) return;
    this.#list.apply(change);
    this.#show(typeof change.count === 'number' ? change.count : 0);
  }

  get #isJoined(): boolean {
    return this.#deps.channel.get().status === 'joined';
  }

  #follow(status: string): void {
    if (status === 'rejoining') return;
    this.#isAsked = false;
    if (status !== 'joined') {
      clearTimeout(this.#timer);
      clearTimeout(this.#askTimer);
      this.#forget();
      return;
    }
    this.#ask();
    if (this.#held) this.#sendIn(0);
  }

  #ask(): void {
    if (!this.#isWatching) this.#forget();
    if (!this.#isJoined || this.#isAsked === this.#isWatching) return;
    const watching = this.#isWatching;
    this.#isAsked = watching;
    const { ask, names } = this.#deps;
    ask(names.watchPresence, { watching }).catch((cause: unknown) => {
      const delayMs = retryAfter(cause);
      // Where it is not let in, or the connection is lost, it is asked again once it has joined again.
      if (delayMs === undefined || !this.#isJoined) return;
      this.#isAsked = !watching;
      clearTimeout(this.#askTimer);
      this.#askTimer = setTimeout(() => this.#ask(), delayMs);
    });
  }

  #forget(): void {
    this.#list.clear();
    this.#show(0);
  }

  #show(count: number): void {
    const { members } = this.#list;
    if (this.#members.get() !== members) this.#members.set(members);
    if (this.#count.get() !== count) this.#count.set(count);
  }

  #sendIn(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), Math.max(delayMs, 0));
  }

  async #send(): Promise<void> {
    if (!this.#isJoined) return;
    const now = Date.now();
    if (this.#held && this.#held.endsAt <= now) this.#held = undefined;
    const held = this.#held;
    if (!held && !this.#isSaid) return;
    this.#sentAt = now;
    this.#isSaid = held !== undefined;
    const leftMs = held ? Math.ceil(held.endsAt - now) : 0;
    const ttlMs = Number.isFinite(leftMs) ? leftMs : undefined;
    const { ask, names } = this.#deps;
    let keptMs = 0;
    let nextMs: number | undefined;
    try {
      const reply = await ask(names.updatePresence, held ? { state: held.state, ttlMs } : {});
      // How long the server keeps it.
      if (isRecord(reply) && Number(reply.ttlMs) > 0) keptMs = Number(reply.ttlMs);
      nextMs = keptMs > 0 ? timerMs(Math.max(keptMs / 3, SEND_INTERVAL_MS)) : RETRY_MS;
    } catch (cause) {
      nextMs = retryAfter(cause);
    }
    // What was set meanwhile is about to be sent, and what the server keeps to its end is said.
    if (this.#held !== held) return;
    if (nextMs === undefined) this.#held = undefined;
    else if (Math.max(keptMs, nextMs) < leftMs) this.#sendIn(nextMs);
  }
}

async function refuse(listing: ReturnType<PresenceDeps['schema']['issues']>): Promise<void> {
  reportUncaught(new WirepactError('INVALID_PAYLOAD', `presence.set: ${formatIssues(await listing)}.`));
}
