import { type Context, useContext } from 'react';
import { invalidOptions } from '../runtime/base/client-errors';
import type { Observable } from '../runtime/base/observable';
import type { ConnectionState } from '../runtime/connection/connection-state';
import { createHold } from './hold';
import { useObservable } from './use-observable';

/** What a provider does with a client of its own. */
export interface KeptClient {
  readonly connection: Observable<ConnectionState>;
  connect(): Promise<void>;
  close(): void;
}

/** The client that a provider gives to the components below. */
export interface ClientLink<Client> {
  readonly client: Client;
  /** As that of the client; `connecting` where it is about to be told to connect. */
  readonly connection: Observable<ConnectionState>;
}

/** A connection before effects run, and on a server. */
const CONNECTING: ConnectionState = { status: 'connecting' };

/** A client that is connected as long as somebody holds it, and then closed; who holds it later gets another. */
export function holdClient<Client extends KeptClient>(
  create: () => Client,
  isConnected: boolean,
): Observable<ClientLink<Client>> {
  let isOpen = false;
  let isClosed = false;
  const createLink = (): ClientLink<Client> => {
    const client = create();
    const { get, subscribe } = client.connection;
    return { client, connection: { get: () => (isOpen || !isConnected ? get() : CONNECTING), subscribe } };
  };
  let link = createLink();
  return createHold(link, (set) => {
    if (isClosed) {
      link = createLink();
      set(link);
    }
    isOpen = true;
    // Why it does not connect is in the state of the connection.
    if (isConnected) link.client.connect().catch(() => {});
    return () => {
      link.client.close();
      isClosed = true;
    };
  });
}

/**
 * The client of the nearest provider.
 * @throws WirepactError `INVALID_OPTIONS` where there is none
 */
export function useLink<Client>(
  context: Context<ClientLink<Client> | undefined>,
  provider: string,
): ClientLink<Client> {
  const link = useContext(context);
  if (link) return link;
  const text = `There is no ${provider} around this component: put it below one.`;
  throw invalidOptions(text);
}

/** Where the connection of a client stands. */
export const useConnectionOf = ({ connection }: ClientLink<unknown>): ConnectionState =>
  useObservable(connection, CONNECTING);
