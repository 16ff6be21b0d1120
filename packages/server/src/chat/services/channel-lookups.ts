import type { ChatConnection } from './channel-feed';

const keyOf = ({ id }: ChatConnection, channelId: string) => `${id} ${channelId}`;

/** Which channels connections are about to join or to create, and what they send at the same time has to wait for. */
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

  /** Has what is sent meanwhile wait for `work`, in its order, and fail as that does. */
  during(connection: ChatConnection, channelId: string, work: Promise<void>): Promise<void> {
    const key = keyOf(connection, channelId);
    this.underWay.set(key, work);
    const end = () => {
      if (this.underWay.get(key) === work) this.underWay.delete(key);
    };
    work.then(end, end);
    return work;
  }

  /** Resolves once nothing has to wait for the last of these in this channel; `undefined` where nothing has to. */
  of(connection: ChatConnection, channelId: string): Promise<void> | undefined {
    return this.underWay.size > 0 ? this.underWay.get(keyOf(connection, channelId)) : undefined;
  }
}
