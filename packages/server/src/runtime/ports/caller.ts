import type { Identity } from './identity';

/** Somebody who asks without a connection, such as by requests of HTTP. */
export interface Caller {
  /** Who it is, where the server authenticates. */
  readonly identity: Identity | undefined;
  /**
   * Does what an event does, with its reply: checked, counted, authorized and handled as that of a connection.
   * @throws WirepactError what a connection would be answered.
   */
  ask(event: string, payload: unknown): Promise<unknown>;
  /** Nothing is asked any more. */
  end(): void;
}
