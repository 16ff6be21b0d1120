import { defineContract, defineEvent } from '@wirepact/contract';
import { type ContractServerOptions, createContractServer, createMemoryStore } from '@wirepact/server';
import pino from 'pino';
import * as Type from 'typebox';

const room = { name: 'studio', property: 'studioId' } as const;
const Wish = Type.Object({ studioId: Type.String({ maxLength: 40 }), song: Type.String({ maxLength: 40 }) });

/** A contract with what the board has not: streams, and rooms that tell who is there. */
export const radio = defineContract({
  name: 'radio',
  version: '1.0.0',
  presence: { studio: Type.Object({ listening: Type.Optional(Type.Boolean()) }) },
  errors: {
    OFF_AIR: { description: 'There is no programme.', retryable: false, action: 'Come back tomorrow.' },
  },
  clientToServer: {
    list_songs: defineEvent({
      description: 'All songs of the day, one after the other.',
      payload: Type.Object({ after: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })) }),
      stream: Type.Object({ number: Type.Integer({ minimum: 1 }), song: Type.String() }),
      errors: ['OFF_AIR'],
      resume: { payload: 'after', item: 'number' },
    }),
    wish_for_song: defineEvent({ description: 'Asks for a song.', payload: Wish, room }),
  },
  serverToClient: {
    songWished: defineEvent({ description: 'Somebody wants a song.', payload: Wish, durable: true, room }),
  },
});

/** Songs of a day: more than come before a client grants more, and fewer than a check reads. */
const SONGS = 40;

type Options = ContractServerOptions<typeof radio>;

/** The server of the radio, in this process. Changes of a room are told soon, so that nobody waits for them. */
export async function startRadio(
  options: Partial<Options> = {},
  handlers: Partial<Options['handlers']> = {},
) {
  const server = createContractServer(radio, {
    logger: pino({ level: 'silent' }),
    rateLimit: false,
    connectLimit: false,
    maxStreams: 8,
    presence: { intervalMs: 10 },
    store: createMemoryStore(),
    ...options,
    handlers: {
      async *list_songs(_context, { after = 0 }) {
        for (let number = after + 1; number <= after + SONGS; number += 1)
          yield { number, song: `Song ${number}` };
      },
      async wish_for_song({ channel }, wish) {
        await channel('studio', wish.studioId).publish('songWished', wish);
        return null;
      },
      ...handlers,
    },
  });
  const { url } = await server.listen(0, '127.0.0.1');
  return { url, close: () => server.close() };
}
