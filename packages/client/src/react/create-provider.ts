import { type Context, createElement, type ReactElement, type ReactNode, useMemo } from 'react';
import { invalidOptions } from '../runtime/base/client-errors';
import { type ClientLink, holdClient, type KeptClient } from './client-link';
import { constant } from './hold';
import { useObservable } from './use-observable';

/** A provider with a client of its own: connected by its first effect, closed where the provider is taken away. */
export interface OwnClientProps<Options> {
  /** The server. Another one gets another client. */
  readonly url: string;
  /** How the client behaves: as where it was created. Another `key` of the provider begins anew with others. */
  readonly options?: Options | undefined;
  readonly children?: ReactNode;
}

/** A provider with the client of somebody else, who connects and closes it. */
export interface GivenClientProps<Client> {
  readonly client: Client;
  readonly children?: ReactNode;
}

/** JavaScript has no compiler that says where there is no client yet. */
function linkTo<Client extends KeptClient>(client: Client | undefined): ClientLink<Client> {
  if (client) return { client, connection: client.connection };
  const text = `A provider needs a \`client\`, or the \`url\` of a server, but its \`client\` is ${client}.`;
  throw invalidOptions(text);
}

/** The component that gives a client to those below it. */
export function createProvider<
  Client extends KeptClient,
  Options extends { readonly autoConnect?: boolean | undefined },
>(
  context: Context<ClientLink<Client> | undefined>,
  createClient: (url: string, options: Options | { readonly autoConnect: false }) => Client,
): (props: OwnClientProps<Options> | GivenClientProps<Client>) => ReactElement {
  return (props) => {
    const source = 'client' in props ? props.client : props.url;
    // biome-ignore lint/correctness/useExhaustiveDependencies: options are other objects in every render.
    const held = useMemo(() => {
      if ('client' in props) return constant(linkTo(props.client));
      const { url, options } = props;
      const create = () => createClient(url, { ...options, autoConnect: false });
      return holdClient(create, options?.autoConnect !== false);
    }, [source]);
    return createElement(context.Provider, { value: useObservable(held, held.get()) }, props.children);
  };
}
