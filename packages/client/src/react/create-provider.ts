import { type Context, createElement, type ReactElement, type ReactNode, useMemo, useState } from 'react';
import { type ClientLink, holdClient, type KeptClient } from './client-link';
import { useObservable } from './use-observable';

/** A provider with a client of its own: connected by its first effect, closed where the provider is taken away. */
export interface OwnClientProps<Options> {
  /** The server. Another one gets a client of its own, and everything below begins anew. */
  readonly url: string;
  /** How the client behaves: as in the first render. Another `key` of the provider begins anew with others. */
  readonly options?: Options | undefined;
  readonly children?: ReactNode;
}

/** A provider with the client of somebody else, who connects and closes it. */
export interface GivenClientProps<Client> {
  readonly client: Client;
  readonly children?: ReactNode;
}

/** Where the components below find a client. */
type ClientContext<Client> = Context<ClientLink<Client> | undefined>;

/** What the parts of a provider get. */
interface PartProps<Client> {
  readonly context: ClientContext<Client>;
  readonly children?: ReactNode;
}

function OwnClient<Client extends KeptClient>({
  context,
  children,
  create,
  isConnected,
}: PartProps<Client> & { readonly create: () => Client; readonly isConnected: boolean }): ReactElement {
  const [held] = useState(() => holdClient(create, isConnected));
  const value = useObservable(held, held.get());
  return createElement(context.Provider, { value }, children);
}

function GivenClient<Client extends KeptClient>({
  context,
  children,
  client,
}: PartProps<Client> & { readonly client: Client }): ReactElement {
  const value = useMemo(() => ({ client, connection: client.connection }), [client]);
  return createElement(context.Provider, { value }, children);
}

/** The component that gives a client to those below it. */
export function createProvider<
  Client extends KeptClient,
  Options extends { readonly autoConnect?: boolean | undefined },
>(
  context: ClientContext<Client>,
  createClient: (url: string, options: Options | { readonly autoConnect: false }) => Client,
): (props: OwnClientProps<Options> | GivenClientProps<Client>) => ReactElement {
  return (props) => {
    const { children } = props;
    if ('client' in props)
      return createElement(GivenClient<Client>, { context, children, client: props.client });
    const { url, options } = props;
    const create = () => createClient(url, { ...options, autoConnect: false });
    const isConnected = options?.autoConnect !== false;
    return createElement(OwnClient<Client>, { key: url, context, children, create, isConnected });
  };
}
