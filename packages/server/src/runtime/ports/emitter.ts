import type { EventRegistry, PayloadOf } from '@wirepact/contract/runtime';

/** Somebody events can be sent to, typed by the server-to-client events of a contract. */
export interface Emitter<Events extends EventRegistry> {
  emit<Name extends keyof Events & string>(
    event: Name,
    ...payload: undefined extends PayloadOf<Events[Name]> ? [] : [payload: PayloadOf<Events[Name]>]
  ): void;
}
