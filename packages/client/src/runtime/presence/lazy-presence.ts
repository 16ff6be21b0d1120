import type { PresenceMember } from '@wirepact/contract/runtime';
import { invalidOptions } from '../base/client-errors';
import { LazyPart } from '../base/lazy-part';
import { createObservable, type Observable } from '../base/observable';
import { reportUncaught } from '../base/report-uncaught';
import type { Presence, PresenceDeps } from './presence';
import type { PresenceDriver } from './presence-driver';

/** The presence of one room, whose code is loaded when it is first asked for. */
export class LazyPresence {
  readonly #members = createObservable<readonly PresenceMember[]>([]);
  readonly #count = createObservable(0);
  readonly #part: LazyPart<PresenceDriver>;
  #driver: PresenceDriver | undefined;
  #subscriptions = 0;
  #setter: object | undefined;
  /** What is to be said once the code is there. */
  #said: ((driver: PresenceDriver) => void) | undefined;
  readonly #channel: PresenceDeps['channel'];
  #isWaiting = false;

  constructor(deps: PresenceDeps) {
    this.#channel = deps.channel;
    this.#part = new LazyPart('tells who is in a room', async () => {
      const { PresenceDriver } = await import('./presence-driver');
      this.#driver = new PresenceDriver(deps, this.#members, this.#count);
      return this.#driver;
    });
  }

  /** What somebody who holds the room sees of it. */
  of(holder: object): Presence<unknown> {
    const { members, count } = this;
    return {
      members,
      count,
      set: (state, { forMs } = {}) => {
        this.#setter = holder;
        // What is said, perhaps later, is what it was when it was set.
        const said: unknown = structuredClone(state);
        const endsAt = Date.now() + (forMs ?? Number.POSITIVE_INFINITY);
        this.#said = (driver) => driver.set(said, endsAt - Date.now());
        this.#run();
      },
      clear: () => this.clear(),
    };
  }

  /** Takes what the server tells of the room. */
  deliver(change: unknown): void {
    this.#driver?.deliver(change);
  }

  /** Ends what somebody said who holds the room no longer. */
  release(holder: object): void {
    if (this.#setter === holder) this.clear();
  }

  get members(): Presence<unknown>['members'] {
    return this.#watched(this.#members);
  }

  get count(): Presence<unknown>['count'] {
    return this.#watched(this.#count);
  }

  clear(): void {
    this.#setter = undefined;
    this.#said = this.#part.loaded && ((driver) => driver.clear());
    if (this.#said) this.#run();
  }

  /** An observable that has the server asked while somebody subscribes. */
  #watched<Value>({ get, subscribe }: Observable<Value>): Observable<Value> {
    return {
      get,
      subscribe: (listener) => {
        const stop = subscribe(listener);
        this.#subscribe(1);
        let isOver = false;
        return () => {
          stop();
          if (!isOver) this.#subscribe(-1);
          isOver = true;
        };
      },
    };
  }

  #subscribe(change: number): void {
    this.#subscriptions += change;
    this.#run();
  }

  #run(): void {
    const act = (driver: PresenceDriver) => {
      driver.watch(this.#subscriptions > 0);
      this.#said?.(driver);
      this.#said = undefined;
    };
    this.#part
      .load()
      .then(act)
      .catch((error: unknown) => {
        // It may be away already where nobody has noticed yet.
        if (this.#channel.get().status === 'joined') reportUncaught(error);
        this.#runOnceJoined();
      });
  }

  /** A page whose server is away can load nothing from it: what is wanted then waits until it is back. */
  #runOnceJoined(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    const stop = this.#channel.subscribe(({ status }) => {
      if (status !== 'joined') return;
      this.#isWaiting = false;
      stop();
      this.#run();
    });
  }
}

/**
 * The presence of one room of this kind.
 * @throws WirepactError `INVALID_OPTIONS` where the contract declares none for such rooms
 */
export function openPresence(kind: string, deps: Omit<PresenceDeps, 'schema'>): LazyPresence {
  const { name, presence = {} } = deps.check.contract;
  const schema = Object.hasOwn(presence, kind) ? presence[kind] : undefined;
  if (schema) return new LazyPresence({ ...deps, schema });
  throw invalidOptions(`${name} declares no presence for the room "${kind}".`);
}
