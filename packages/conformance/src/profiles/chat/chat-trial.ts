import type { Check } from '../../check/check';
import type { ConnectOptions } from '../../check/trial';
import type { Fields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import { ChannelTrial, ZERO_UUID } from './channel-trial';

/** The document's id of an agent. */
export const AGENT_ID = '987fcdeb-51a2-43f1-b012-123456789abc';

/** Events that tell of a channel under `channelId`, or of a message under `roomId`. */
const channelOf = ({ channelId, roomId }: Fields) => channelId ?? roomId;

/** A check of a chat server while it is made. It needs nothing but what the document says. */
export class ChatTrial extends ChannelTrial {
  /** Who is signed in. */
  private readonly entities = new Map<WireClient, string>();
  /** Names that guests go by. */
  private readonly names = new Map<WireClient, string>();

  /** A client that has been greeted. */
  async connect(options?: ConnectOptions): Promise<WireClient> {
    const client = await this.trial.connect(options);
    const { entityId } = await client.next('connection_established');
    // Who is signed in can act as nobody else.
    if (typeof entityId === 'string') this.entities.set(client, entityId);
    return client;
  }

  /** Joins; resolves with `channel_joined`. */
  join(client: WireClient, channelId: string, fields: Fields = {}): Promise<Fields> {
    const entityId = this.names.get(client);
    client.emit('join_channel', { channelId, ...(entityId !== undefined && { entityId }), ...fields });
    return client.next('channel_joined', (joined) => joined.channelId === channelId);
  }

  /**
   * Two clients that are two entities: somebody else who is signed in, or where nobody is, another name. Skips the check where
   * who is said to be somebody else is not.
   */
  async two(): Promise<readonly [WireClient, WireClient]> {
    const ada = await this.connect();
    const ben = await this.connect(this.isSignedIn(ada) ? { as: 'other' } : {});
    if (!this.isSignedIn(ada)) this.names.set(ada, 'conformance-ada').set(ben, 'conformance-ben');
    if (this.entityOf(ada) === this.entityOf(ben))
      this.trial.skip('who is said to be somebody else is the same entity');
    return [ada, ben];
  }

  /** The entity that a client acts as. */
  entityOf(client: WireClient): string {
    return this.entities.get(client) ?? this.names.get(client) ?? 'user-123';
  }

  /** A message as the document's example has it. */
  hello(client: WireClient, channelId: string, fields: Fields = {}): Fields {
    const entityId = this.entityOf(client);
    return { channelId, serverId: ZERO_UUID, text: 'Hello, how can I help you?', entityId, ...fields };
  }

  /** Sends a message, and resolves with what the sender is told of it. */
  async say(client: WireClient, channelId: string, fields: Fields = {}): Promise<Fields> {
    const message = this.hello(client, channelId, fields);
    client.emit('send_message', message);
    return client.next(
      'messageBroadcast',
      ({ roomId, text }) => roomId === channelId && text === message.text,
    );
  }

  /** Sends what is wrong, and resolves with the `messageError` that it is told by. */
  refused(client: WireClient, event: string, ...args: unknown[]): Promise<Fields> {
    client.emit(event, ...args);
    return client.next('messageError');
  }

  /** The next payload of `event`; skips the check where a `messageError` with `code` comes in its place. */
  async nextUnless(client: WireClient, event: string, code: string, reason: string): Promise<Fields> {
    const isRefusal = (error: Fields) => error.code === code;
    const told = await client.until(
      () => client.give(event) ?? client.give('messageError', isRefusal),
      `no ${event} came`,
    );
    return isRefusal(told) ? this.trial.skip(reason) : told;
  }

  /** What a client was told of a channel by one event; answers of agents, which nobody has asked for, left out. */
  heard(client: WireClient, event: string, channelId: string): Fields[] {
    const isMeant = (payload: Fields) =>
      channelOf(payload) === channelId && payload.source !== 'agent_response';
    return client.all(event).filter(isMeant);
  }

  isSignedIn(client: WireClient): boolean {
    return this.entities.has(client);
  }

  /** Skips the check where the client is signed in, so that it can act as itself alone. */
  needsGuest(client: WireClient, reason: string): void {
    if (this.isSignedIn(client)) this.trial.skip(reason);
  }
}

/** One check of a chat server: the rule, what the server does, how that is found out, and what the document says. */
export type ChatRow = readonly [
  rule: string,
  title: string,
  run: (chat: ChatTrial) => Promise<void>,
  says?: string,
];

/**
 * Checks out of rows.
 *
 * @param prepare What comes before each of them; it may skip the check. Default: nothing.
 */
export const chatChecks = (
  rows: readonly ChatRow[],
  prepare: (chat: ChatTrial) => Promise<void> = async () => {},
): Check[] =>
  rows.map(([rule, title, run, says]) => ({
    rule,
    title,
    ...(says !== undefined && { says }),
    async run(trial) {
      const chat = new ChatTrial(trial);
      await prepare(chat);
      await run(chat);
    },
  }));
