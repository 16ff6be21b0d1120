import type { ChatServerOptions } from '@wirepact/server';

/** What hosts' hooks are made with. */
export interface HookTools {
  /** Counts a hook's calls, and how many of them are under way. */
  readonly counted: <Args extends unknown[], Result>(
    name: string,
    hook: (...args: Args) => Promise<Result>,
  ) => (...args: Args) => Promise<Result>;
  /** Resolves once the test lets go of whoever waits; at once for the bystander. */
  readonly released: (address: string) => Promise<void>;
}

type Host = (tools: HookTools) => ChatServerOptions;

/** Everybody is known by an address of their own here. */
const toIdentity = (address: string) => ({ entityId: address });

/** How the server under attack is set up. What is not said is as by default. */
export const HOSTS = {
  /** Nothing said. */
  open: () => ({}),
  /** Signs in by password; looking it up goes on until the test lets go. */
  slowPasswords: ({ counted, released }) => ({
    authenticate: counted('authenticate', async ({ auth, address }) => {
      await released(address);
      return auth.password === 'right' ? toIdentity(address) : null;
    }),
  }),
  /** Signs in by password at once. */
  passwords: ({ counted }) => ({
    authenticate: counted('authenticate', async ({ auth, address }) =>
      auth.password === 'right' ? toIdentity(address) : null,
    ),
  }),
  /** Signs in by cookie, for pages of one origin besides its own. */
  cookies: ({ counted }) => ({
    corsOrigin: ['https://app.example'],
    authenticate: counted('authenticate', async ({ headers, address }) =>
      headers.cookie?.includes('session=alice') ? toIdentity(address) : null,
    ),
  }),
  /** Whether something is allowed is not known until the test lets go; without a limit. */
  slowAuthorize: ({ counted, released }) => ({
    rateLimit: false,
    authorize: counted('authorize', async ({ address }) => {
      await released(address);
      return true;
    }),
  }),
  /** The same, with the default limit. */
  slowAuthorizeLimited: ({ counted, released }) => ({
    authorize: counted('authorize', async ({ address }) => {
      await released(address);
      return true;
    }),
  }),
  /** Members may do what is about their own channel. */
  ownChannel: ({ counted }) => ({
    authorize: counted('authorize', async ({ channelId }) => channelId === OWN_CHANNEL),
  }),
  /** Everybody may do everything, as often as they like. */
  managers: () => ({ rateLimit: false, authorize: () => true }),
  /** Behind one proxy. */
  oneProxy: () => ({ trustProxy: 1 }),
  /** Believes everybody. */
  anyProxy: () => ({ trustProxy: true }),
} satisfies Record<string, Host>;

/** The channel in which everybody may act on the host `ownChannel`. */
export const OWN_CHANNEL = '0a11ce00-0000-4000-8000-000000000001';

/** A host's name. */
export type HostName = keyof typeof HOSTS;

export const isHostName = (name: string): name is HostName => Object.hasOwn(HOSTS, name);
