import type { ChatConnection } from './channel-feed';

/** Which channels connections are about to join, and what they send at the same time has to wait for. */
export class ChannelLookups {
  private readonly byConnection = new WeakMap<ChatConnection, Map<string, Promise<void>>>();

  /** Notes that a join begins; what it returns notes that nothing has to wait for it any more. */
  begin(connection: ChatConnection, channelId: string): () => void {
    const lookups = this.byConnection.get(connection) ?? new Map<string, Promise<void>>();
    this.byConnection.set(connection, lookups);
    let end = () => {};
    const lookup = new Promise<void>((resolve) => {
      end = resolve;
    });
    lookups.set(channelId, lookup);
    return () => {
      end();
      if (lookups.get(channelId) === lookup) lookups.delete(channelId);
    };
  }

  /** Resolves once nothing has to wait for the last join of this channel; `undefined` where nothing has to. */
  of(connection: ChatConnection, channelId: string): Promise<void> | undefined {
    return this.byConnection.get(connection)?.get(channelId);
  }
}
