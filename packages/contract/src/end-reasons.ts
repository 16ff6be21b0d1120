/** What the end of a connection means for the client. */
export interface EndReasonDefinition {
  /** Why the server has ended the connection, for a developer to read. */
  readonly description: string;
  /** True where the client should connect again; false where the same would happen again. */
  readonly reconnect: boolean;
}

/** Why a server ends a connection, by the code that it tells the client before it does. */
export const END_REASONS = {
  KICKED: { description: 'The application has put this client out.', reconnect: false },
  IDENTITY_EXPIRED: { description: 'The credentials have expired.', reconnect: true },
  UNAUTHENTICATED: { description: 'The credentials were refused.', reconnect: false },
  SLOW_READER: { description: 'The client reads more slowly than events arrive.', reconnect: true },
  TOO_MANY_REFUSALS: { description: 'Too many events in a row were refused.', reconnect: true },
  INVALID_PACKET: { description: 'A packet was malformed, or binary.', reconnect: false },
  PAYLOAD_TOO_LARGE: { description: 'A packet was larger than any event may be.', reconnect: false },
  SERVER_CLOSING: { description: 'The server is closing.', reconnect: true },
  NOT_SERVED: { description: 'The server does not serve this connection.', reconnect: true },
} as const satisfies Readonly<Record<string, EndReasonDefinition>>;

/** A code of {@link END_REASONS}. */
export type EndReason = keyof typeof END_REASONS;
