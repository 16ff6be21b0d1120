import type { Check } from '../../check/check';
import type { ConnectOptions } from '../../check/trial';
import { Violation } from '../../check/violation';
import type { Fields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import { ChannelTrial, ZERO_UUID } from '../chat/channel-trial';

/** Type of the envelope of a join. */
export const JOIN = 1;
/** Type of the envelope of a message. */
export const SEND = 2;

/** A check of a server that speaks the deployed wire of ElizaOS, while it is made: it does what the web client does. */
export class ElizaosTrial extends ChannelTrial {
  private readonly entities = new Map<WireClient, string>();
  private readonly signedIn = new Set<WireClient>();

  /** A client that has been greeted. */
  async connect(options: ConnectOptions = {}): Promise<WireClient> {
    const entityId = this.trial.newId();
    const client = await this.trial.connect({
      ...options,
      auth: { entityId, ...this.trial.credentialsOf(options.as ?? 'own').auth, ...options.auth },
    });
    const { entityId: known } = await client.next('authenticated');
    this.entities.set(client, typeof known === 'string' ? known : entityId);
    if (typeof known === 'string' && known !== entityId) this.signedIn.add(client);
    await client.next('connection_established');
    return client;
  }

  /** A client of the chat protocol in the same channel; skips the check where the server does not speak that. */
  async plainMember(channelId: string): Promise<WireClient> {
    const client = await this.trial.connect();
    client.emit('join_channel', { channelId });
    await client.next('channel_joined').catch((error: unknown) => {
      if (!(error instanceof Violation) || client.endReason !== undefined) throw error;
      this.trial.skip('the server speaks the deployed wire alone');
    });
    return client;
  }

  isSignedIn(client: WireClient): boolean {
    return this.signedIn.has(client);
  }

  /** Joins; resolves with `room_joined`, which comes last. */
  join(client: WireClient, channelId: string): Promise<Fields> {
    const payload = { channelId, roomId: channelId, entityId: this.entities.get(client) };
    client.emit('message', { type: JOIN, payload });
    return client.next('room_joined', (joined) => joined.channelId === channelId);
  }

  /** A message as the web client sends it. */
  hello(client: WireClient, channelId: string, fields: Fields = {}): Fields {
    return {
      senderId: this.entities.get(client),
      senderName: 'user',
      message: 'Hello!',
      channelId,
      roomId: channelId,
      messageServerId: ZERO_UUID,
      messageId: this.trial.newId(),
      source: 'client_chat',
      attachments: [],
      metadata: { channelType: 'GROUP' },
      ...fields,
    };
  }

  send(client: WireClient, payload: Fields): void {
    client.emit('message', { type: SEND, payload });
  }
}

/** One check: the rule, what the server does, and how that is found out. */
export type ElizaosRow = readonly [rule: string, title: string, run: (web: ElizaosTrial) => Promise<void>];

/** Checks out of rows. */
export const elizaosRows = (rows: readonly ElizaosRow[]): Check[] =>
  rows.map(([rule, title, run]) => ({ rule, title, run: (trial) => run(new ElizaosTrial(trial)) }));
