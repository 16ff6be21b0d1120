import { createClientError } from '../../runtime/base/client-errors';
import { LazyPart } from '../../runtime/base/lazy-part';
import type { Dialect } from '../../runtime/connection/dialect';

/** What a server speaks: see the option `dialect` of a chat client. */
export type DialectName = 'auto' | 'wirepact' | 'document' | 'elizaos';

/** A dialect that is not the protocol's own wire. */
export type OtherDialect = Exclude<DialectName, 'wirepact'>;

const NAMES: readonly unknown[] = ['auto', 'wirepact', 'document', 'elizaos'] satisfies DialectName[];

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
export function checkDialect(name: unknown): void {
  if (name === undefined || NAMES.includes(name)) return;
  const text = `createChatClient: "dialect" must be one of ${NAMES.join(', ')}, but got "${name}".`;
  throw createClientError('INVALID_OPTIONS', text);
}

/** The code of a dialect, which is loaded before the client first connects; none for the protocol's own wire. */
export function toDialect(name: DialectName, deps: DialectDeps): LazyPart<Dialect> | undefined {
  if (name === 'wirepact') return undefined;
  return new LazyPart('speaks other dialects', async () => {
    const { createDialect } = await import('./create-dialect');
    return createDialect(name, deps);
  });
}
