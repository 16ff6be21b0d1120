import type { EventPayload } from '../runtime/contract-events';
import type { ChatProtocol } from './chat-contract';

/** What the server said of itself in its last `connection_established`; nothing, before it or on an old server. */
export class ServerInfo {
  private greeting: Partial<EventPayload<ChatProtocol, 'connection_established'>> = {};

  /** Takes note of a greeting. */
  greet(greeting: EventPayload<ChatProtocol, 'connection_established'>): void {
    this.greeting = greeting;
  }

  /** Version of the chat protocol that the server speaks. */
  get protocolVersion(): string | undefined {
    return this.greeting.protocolVersion;
  }

  /** Whether the server handles an event, as far as it has said. */
  supports(event: string): boolean {
    return this.greeting.capabilities?.includes(event) ?? true;
  }

  /** Whether the server has said that it handles an event. */
  declares(event: string): boolean {
    return this.greeting.capabilities?.includes(event) ?? false;
  }
}
