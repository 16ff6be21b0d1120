import { must, mustEqual, mustHave, show } from '../../check/expectations';
import { dataOf, errorOf, type Fields, payloadOf, toFields } from '../../wire/packet';
import type { WireClient } from '../../wire/wire-client';
import type { ChatRow, ChatTrial } from '../chat/chat-trial';

/** What makes an agent that does as it is told take its time. */
export const SLOWLY = 'Please answer slowly.';

/** A channel in which a message is sent that agents answer. */
export async function asked(chat: ChatTrial, text: string, fields: Fields = {}) {
  const { channelId, ada, ben } = await chat.pair();
  const question = await chat.say(ada, channelId, { text, ...fields });
  return { channelId, ada, ben, question };
}

/** What a client was told of an answer under way. */
export const chunksOf = (client: WireClient, messageId: unknown): Fields[] =>
  client.all('messageStreamChunk').filter((chunk) => chunk.messageId === messageId);

/** The first chunk of an answer that is meant; skips the check where the agent answers at once, without any. */
export async function firstChunk(
  { trial }: ChatTrial,
  client: WireClient,
  isMeant?: (chunk: Fields) => boolean,
): Promise<Fields> {
  const told = await client.until(
    () => client.give('messageStreamChunk', isMeant) ?? client.all('messageComplete')[0],
    'neither messageStreamChunk nor messageComplete came',
  );
  return 'chunk' in told ? told : trial.skip('the agent answers at once');
}

/** What agents answer, and how that ends. */
export const TURNS: readonly ChatRow[] = [
  [
    'AGENT-3',
    'messageComplete follows the answer of an agent, to every member',
    async (chat) => {
      const { channelId, ada, ben, question } = await asked(chat, 'Hello!');
      for (const client of [ada, ben]) {
        const complete = await client.next('messageComplete');
        mustHave(complete, { channelId, serverId: question.serverId }, 'messageComplete');
        const { messageId } = complete;
        if (messageId === undefined) continue;
        const answer = client.all('messageBroadcast').find(({ id }) => id === messageId);
        must(answer, 'messageComplete comes before the message that it names');
        mustEqual(answer.source, 'agent_response', 'the source of the answer');
      }
    },
    'Emitted when an agent finishes processing and responding to a message.',
  ],
  [
    'STREAMING-3',
    'the chunks of an answer, joined, are its text, each at the place that it says',
    async (chat) => {
      const { ben } = await asked(chat, SLOWLY);
      const { messageId } = await ben.next('messageComplete');
      const chunks = chunksOf(ben, messageId);
      if (chunks.length === 0) chat.trial.skip('the agent answers at once');
      const answer = ben.all('messageBroadcast').find(({ id }) => id === messageId);
      const whole = String(answer?.text);
      let text = '';
      for (const { chunk, offset } of chunks) {
        const place = Number(offset);
        mustEqual(
          whole.slice(place, place + String(chunk).length),
          chunk,
          'the text at the offset of a chunk',
        );
        text += String(chunk);
      }
      // Who is in another process, or may not read thoughts, misses some, which the index tells.
      if (chunks.some(({ index }, place) => index !== place)) return;
      mustEqual(text, whole, 'the text of all chunks');
    },
  ],
  [
    'STREAMING-6',
    'who joins while an answer is under way is told what was said so far',
    async (chat) => {
      const { channelId, ada } = await asked(chat, SLOWLY);
      const { messageId } = await firstChunk(chat, ada);
      const { streams } = dataOf(await (await chat.connect()).ask('join_channel', { channelId }));
      if (ada.all('messageComplete').length > 0) chat.trial.skip('the agent is too fast to be met');
      must(Array.isArray(streams), `streams of the join are ${show(streams)}`);
      const stream = streams.map(toFields).find((one) => one.messageId === messageId);
      must(stream, 'the streams of the join do not have the answer');
      must(typeof stream.text === 'string', `the text of a stream is ${show(stream.text)}`);
    },
  ],
  [
    'TURN-4',
    'an answer is stopped by whoever is a member, once, and by nobody else',
    async (chat) => {
      const { channelId, ada, ben } = await asked(chat, SLOWLY);
      const { messageId } = await firstChunk(chat, ben);
      const stranger = await (await chat.connect()).ask('cancel_response', { channelId, messageId });
      mustHave(errorOf(stranger), { code: 'FORBIDDEN' }, 'the error for who is no member');
      const { cancelled } = dataOf(await ben.ask('cancel_response', { channelId, messageId }));
      if (cancelled === false) chat.trial.skip('the agent is too fast to be stopped');
      mustEqual(cancelled, true, 'cancelled');
      mustHave(
        await ada.next('messageStreamError'),
        { messageId, code: 'RESPONSE_CANCELLED' },
        'messageStreamError',
      );
      await ada.next('messageComplete');
      mustHave(
        (await ada.ask('cancel_response', { channelId, messageId })).data,
        { cancelled: false },
        'the second answer',
      );
    },
  ],
  [
    'TURN-2',
    'an answer that was stopped is kept with what was said, and complete last',
    async (chat) => {
      const { channelId, ada } = await asked(chat, SLOWLY);
      const { messageId } = await firstChunk(chat, ada, ({ chunk }) => chunk !== '');
      const { cancelled } = dataOf(await ada.ask('cancel_response', { channelId, messageId }));
      if (cancelled === false) chat.trial.skip('the agent is too fast to be stopped');
      await ada.next('messageComplete', (one) => one.messageId === messageId);
      const { partialText } = await ada.next('messageStreamError');
      const kept = ada.all('messageBroadcast').find(({ id }) => id === messageId);
      mustHave(kept, { text: partialText, incomplete: 'cancelled' }, 'the message that is left');
      const ends = ada.packets
        .filter(({ event }) => event === 'messageStreamError' || event === 'messageComplete')
        .flatMap((packet) => (payloadOf(packet).messageId === messageId ? packet.event : []));
      mustEqual(ends, ['messageStreamError', 'messageComplete'], 'how it ends');
    },
  ],
];
