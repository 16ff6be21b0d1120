import type { ChatFixture } from './chat-fixture';
import { ZERO_UUID } from './chat-fixture';
import { type Answer, dataOf, type Fields, type SeedClient } from './seed-client';

/** The host posts a message. */
export const post = ({ server }: ChatFixture, channelId: string, text: string) =>
  server.messages.post({
    ...{ channelId, serverId: ZERO_UUID, senderId: 'host', senderName: 'Host', source: 'test' },
    text,
  });

/** The host posts some, one after the other. */
export async function postAll(chat: ChatFixture, channelId: string, texts: readonly string[]): Promise<void> {
  for (const text of texts) await post(chat, channelId, text);
}

/** Where an acknowledgement says that the client stands. */
export function positionOf(answer: Answer): { epoch: unknown; seq: unknown } {
  const { epoch, seq } = dataOf(answer);
  return { epoch, seq };
}

/** Whoever asks to join a channel and then leaves it again knows where it stands. */
export async function visit(chat: ChatFixture, channelId: string) {
  const client = await chat.connect();
  const position = positionOf(await client.ask('join_channel', { channelId }));
  client.close();
  return position;
}

/** A durable event in short: its number, and the text of a message or the name of another event. */
const outline = (event: string, { seq, text }: Fields) => `${seq} ${text ?? event}`;

/** The durable events a client was sent since `forget`, in order. */
export const seen = (client: SeedClient): string[] =>
  client.everything().flatMap(({ event, payload }) => ('seq' in payload ? [outline(event, payload)] : []));
