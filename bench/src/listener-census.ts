import { EventEmitter, getEventListeners } from 'node:events';

/** Counts the listeners of a whole process. */
export type CountListeners = () => number;

/** Things that may be collected, and are then forgotten. */
class Known<Kept extends object> {
  private readonly references = new Set<WeakRef<Kept>>();

  add(kept: Kept): void {
    this.references.add(new WeakRef(kept));
  }

  sum(countOf: (kept: Kept) => number): number {
    let sum = 0;
    for (const reference of this.references) {
      const kept = reference.deref();
      if (kept) sum += countOf(kept);
      else this.references.delete(reference);
    }
    return sum;
  }
}

/** `EventEmitter.init` is what every emitter calls when it is made; no types have it. */
function onEveryEmitter(listener: (emitter: EventEmitter) => void): void {
  const init: unknown = Reflect.get(EventEmitter, 'init');
  if (typeof init !== 'function') throw new Error('This Node makes emitters in another way.');
  Reflect.set(EventEmitter, 'init', function (this: EventEmitter, ...args: unknown[]) {
    listener(this);
    return Reflect.apply(init, this, args);
  });
}

/** Signals whose end somebody waits for, from now on. */
function onEverySignal(listener: (signal: EventTarget) => void): void {
  const add = EventTarget.prototype.addEventListener;
  const seen = new WeakSet<EventTarget>();
  EventTarget.prototype.addEventListener = function (this: EventTarget, ...args: Parameters<typeof add>) {
    if (!seen.has(this)) listener(this);
    seen.add(this);
    Reflect.apply(add, this, args);
  };
}

const countOfEmitter = (emitter: EventEmitter) =>
  emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);

/** Begins to take note of every emitter and signal that is made; the function it returns counts what listens to them. */
export function startListenerCensus(): CountListeners {
  const emitters = new Known<EventEmitter>();
  const signals = new Known<EventTarget>();
  onEveryEmitter((emitter) => emitters.add(emitter));
  onEverySignal((signal) => signals.add(signal));
  emitters.add(process);
  return () =>
    emitters.sum(countOfEmitter) + signals.sum((signal) => getEventListeners(signal, 'abort').length);
}
