import type { EventRegistry } from '@wirepact/contract/runtime';
import type { Connection } from './connection';

/** The identities of connections, over time. */
export interface Sessions<Events extends EventRegistry> {
  /**
   * Asks the host again who is connected, with another `auth`, and gives the connection the identity it answers with.
   * Resolves with when that ends, in Unix milliseconds, where it does.
   * @throws WirepactError `UNAUTHENTICATED` where it is refused or is somebody else: the identity stays as it was.
   * `UNAVAILABLE` where the host could not be asked; `OVERLOADED` while the connection is asking already.
   */
  reauthenticate(
    connection: Connection<Events>,
    auth: Readonly<Record<string, unknown>>,
  ): Promise<{ expiresAt?: number }>;
}
