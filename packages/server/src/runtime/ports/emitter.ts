import type { DurableNames, EventRegistry, PayloadOf } from '@wirepact/contract/runtime';

/** Somebody events can be sent to, typed by the server-to-client events of a contract. Durable ones are published instead. */
export interface Emitter<Events extends EventRegistry> {
  emit<Name extends Exclude<keyof Events & string, DurableNames<Events>>>(
    event: Name,
    ...payload: undefined extends PayloadOf<Events[Name]> ? [] : [payload: PayloadOf<Events[Name]>]
  ): void;
}

/** Sends an event that is only known by its name, such as those of the session, which no contract's types have. */
export function emitByName(to: { readonly emit: unknown }, event: string, payload: object): void {
  const emitter = to as { emit(event: string, payload: object): void };
  emitter.emit(event, payload);
}
