/** How the server is started; what deployments set by environment variables is here, too. */
export interface ElizaosOptions {
  /** Default: one that is free. */
  readonly port?: number;
  /** What SERVER_API_KEY is set to: the key of the socket. Default: none is wanted. */
  readonly apiKey?: string;
  /** What ELIZA_SERVER_AUTH_TOKEN is set to: the key of the REST side, and of that alone. Default: none is wanted. */
  readonly authToken?: string;
  /** What ENABLE_DATA_ISOLATION does: joins are for participants. Default `false`. */
  readonly isIsolated?: boolean;
  /** Milliseconds the database tries again to keep what it cannot. Default 3000. */
  readonly databaseRetryMs?: number;
}
