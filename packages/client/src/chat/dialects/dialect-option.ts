import { invalidOptions } from '../../runtime/base/client-errors';
import { LazyPart } from '../../runtime/base/lazy-part';
import { speakLater } from '../../runtime/connection/lazy-dialect';
import type { CoreOptions } from '../../runtime/request/client-core';

const NAMES = ['auto', 'wirepact', 'document', 'elizaos'] as const;

/** What a server speaks: see the option `dialect` of a chat client. */
export type DialectName = (typeof NAMES)[number];

/** What a dialect needs to know of its client. */
export interface DialectDeps {
  /** Where the server's REST side is. */
  readonly origin: string;
  /** Who the client is. */
  readonly sender: { readonly entityId: string };
  /** Ids of messages that an earlier page left behind, and perhaps sent. */
  readonly restored: ReadonlySet<unknown>;
}

/**
 * Refuses what is no dialect.
 * @throws WirepactError `INVALID_OPTIONS`
 */
export function checkDialect(name: DialectName | undefined): void {
  if (name === undefined || NAMES.includes(name)) return;
  const text = `createChatClient: "dialect" must be one of ${NAMES.join(', ')}, but got "${name}".`;
  throw invalidOptions(text);
}

/** The options of a client that speaks a dialect, whose code is loaded before it first connects. */
export function withDialect(name: DialectName, deps: DialectDeps, options: CoreOptions): CoreOptions {
  if (name === 'wirepact') return options;
  const part = new LazyPart('speaks other dialects', async () => {
    const { createDialect } = await import('./create-dialect');
    return createDialect(name, deps);
  });
  const { auth, comeBetween } = speakLater(part, options);
  return {
    ...options,
    auth,
    inspect(parts) {
      comeBetween(parts.connection);
      options.inspect?.(parts);
    },
  };
}
