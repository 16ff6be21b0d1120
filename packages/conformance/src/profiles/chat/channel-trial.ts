import type { ConnectOptions, Trial } from '../../check/trial';
import type { Fields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';

/** The document's id of the server where none is named. */
export const ZERO_UUID = '00000000-0000-0000-0000-000000000000';

/** A check of a server that has channels while it is made, in whatever words they are joined. */
export abstract class ChannelTrial {
  /** The channel by whose joins a client knows that everything before has come. */
  private readonly marks = new Map<WireClient, string>();

  constructor(readonly trial: Trial) {}

  /** A client that has been greeted. */
  abstract connect(options?: ConnectOptions): Promise<WireClient>;

  /** Joins; resolves with what a client is told last of that. */
  abstract join(client: WireClient, channelId: string): Promise<Fields>;

  /** Whether the server knows who a client is, and does not let it name itself. */
  abstract isSignedIn(client: WireClient): boolean;

  /** Skips the check where the client is not signed in. */
  needsSignedIn(client: WireClient): void {
    if (!this.isSignedIn(client)) this.trial.skip('nobody is signed in: give the run credentials');
  }

  /** A client in a channel, which is made where it is not there. */
  async member(channelId: string): Promise<WireClient> {
    const client = await this.connect();
    await this.join(client, channelId);
    return client;
  }

  /** A channel that is new, with a member. */
  async channel(): Promise<{ readonly channelId: string; readonly client: WireClient }> {
    const channelId = this.trial.newId();
    return { channelId, client: await this.member(channelId) };
  }

  /** A channel that is new, with two members. */
  async pair(): Promise<{ readonly channelId: string; readonly ada: WireClient; readonly ben: WireClient }> {
    const { channelId, client: ada } = await this.channel();
    return { channelId, ada, ben: await this.member(channelId) };
  }

  /** Everything that the server has sent to this client before is here. */
  async catchUp(client: WireClient): Promise<void> {
    const mark = this.marks.get(client) ?? this.trial.newId();
    this.marks.set(client, mark);
    await this.join(client, mark);
  }
}
