import type { ChatConnection } from './channel-feed';

const keyOf = ({ id }: ChatConnection, channelId: string) => `${id} ${channelId}`;

/** Which channels connections are about to join, and what they send at the same time has to wait for. */
export class ChannelLookups {
  private readonly underWay = new Map<string, Promise<void>>();

  /** Notes that a join begins; what it returns notes that nothing has to wait for it any more. */
  begin(connection: ChatConnection, channelId: string): () => void {
    const key = keyOf(connection, channelId);
    let end = () => {};
    const lookup = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.underWay.set(key, lookup);
    return () => {
      end();
      if (this.underWay.get(key) === lookup) this.underWay.delete(key);
    };
  }

  /** Resolves once nothing has to wait for the last join of this channel; `undefined` where nothing has to. */
  of(connection: ChatConnection, channelId: string): Promise<void> | undefined {
    return this.underWay.size > 0 ? this.underWay.get(keyOf(connection, channelId)) : undefined;
  }
}
