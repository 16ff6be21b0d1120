/** What a server says of itself when it lets a client in; a contract's own greeting may say more. */
export interface Greeting {
  /** Version of the contract that the server speaks. */
  readonly protocolVersion?: string | undefined;
  /** Names of the events that the server handles. */
  readonly capabilities?: readonly string[] | undefined;
  /** Whom the server takes this client for. */
  readonly entityId?: string | undefined;
  /** When the credentials end, Unix time in milliseconds. */
  readonly expiresAt?: number | undefined;
}

/** What the server said of itself in its last greeting; nothing, before it or on an old server. */
export class ServerInfo {
  /** What it has said. */
  greeting: Greeting = {};

  /** Version of the contract that the server speaks. */
  get protocolVersion(): string | undefined {
    return this.greeting.protocolVersion;
  }

  /** Whether the server handles an event; `undefined` where it has not said so. */
  declares(event: string): boolean | undefined {
    return this.greeting.capabilities?.includes(event);
  }

  /** Whether the server handles an event, as far as it has said. */
  supports(event: string): boolean {
    return this.declares(event) ?? true;
  }
}
