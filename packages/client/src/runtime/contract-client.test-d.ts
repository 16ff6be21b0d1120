import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import type { board } from '../../test/board-fixture';
import type { ClientWithoutChannels, ContractClient, Observable, PresenceMember } from '../index';

type Board = typeof board;
type Equal<Left, Right> =
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;
const is = <_ extends true>() => undefined;

declare const client: ContractClient<Board>;

// Its room is declared without `as const`.
const note = { name: 'note', property: 'noteId' };
const notes = defineContract({
  name: 'notes',
  version: '1.0.0',
  clientToServer: {},
  serverToClient: {
    noted: defineEvent({
      description: 'A note.',
      payload: Type.Object({ noteId: Type.String(), text: Type.String() }),
      durable: true,
      room: note,
    }),
  },
});

export async function requests() {
  const reply = await client.request('move_card', { card: 'a', column: 'b' });
  is<Equal<typeof reply, { position: number }>>();
  const nothing = await client.request('refresh');
  is<Equal<typeof nothing, null>>();
  // @ts-expect-error the payload is another one
  await client.request('move_card', { card: 1, column: 'b' });
  // @ts-expect-error the payload is missing
  await client.request('move_card');
  // @ts-expect-error it answers with a stream
  await client.request('list_cards', { column: 'b' });
  // @ts-expect-error a server sends it
  await client.request('cardMoved', { card: 'a', column: 'b' });

  const result = await client.safeRequest('move_card', { card: 'a', column: 'b' });
  if (result.ok) return result.data.position;
  const { error } = result;
  if (error.code === 'CARD_LOCKED') {
    is<Equal<typeof error.data, { by: string }>>();
    return error.data.by;
  }
  if (error.code === 'RATE_LIMITED' || error.code === 'TIMEOUT' || error.code === 'KICKED') return 'later';
  // @ts-expect-error no such code
  return error.code === 'CARD_FULL';
}

export async function streams() {
  for await (const item of client.stream('list_cards', { column: 'b' }))
    is<Equal<typeof item, { id: number }>>();
  // @ts-expect-error it answers at once
  client.stream('move_card', { card: 'a', column: 'b' });
  // @ts-expect-error the payload is another one
  client.stream('list_cards', { colum: 'b' });
}

export function events() {
  client.on('cardMoved', (moved) => is<Equal<typeof moved, { card: string; column: string }>>());
  client.handle('confirm', ({ card }) => ({ yes: card === 'a' }));
  // @ts-expect-error the reply is another one
  client.handle('confirm', () => ({ no: true }));
  // @ts-expect-error nobody waits for an answer
  client.handle('cardMoved', () => null);
}

export function withoutChannels(bare: ClientWithoutChannels<Board>) {
  // @ts-expect-error the option `channels` is missing
  bare.channel('board', 'b1');
  bare.on('cardMoved', () => {});
}

export async function channels() {
  const channel = client.channel('board', 'b1');
  // @ts-expect-error there are no such rooms
  client.channel('desk', 'b1');
  channel.on('pointed', ({ card }) => card);
  // @ts-expect-error it belongs to no room
  channel.on('cardMoved', () => {});
  const place = { boardId: 'b1', card: 'a', column: 'b' };
  const { seq } = await channel.send('place_card', place);
  is<Equal<typeof seq, number>>();
  // @ts-expect-error nothing names the send, so that it may not be repeated
  await channel.send('refresh', {});
  await channel.send('place_card', place, { expects: { event: 'cardPlaced', payload: place } });
  // @ts-expect-error it is in no journal, so no state is made of it
  await channel.send('place_card', place, { expects: { event: 'pointed', payload: place } });
  const cards = channel.reduce((count: number, { event }) => (event === 'cardPlaced' ? count + 1 : count), 0);
  is<Equal<typeof cards, Observable<number>>>();
  const listed = channel.reduceFrom(
    (all: string[], { payload }) => [...all, payload.card],
    async () => ({ state: [] }),
  );
  is<Equal<typeof listed, Observable<string[] | undefined>>>();
}

export function presence() {
  const { members, count, set } = client.channel('board', 'b1').presence;
  is<Equal<typeof count, Observable<number>>>();
  is<Equal<typeof members, Observable<readonly PresenceMember<{ typing?: boolean; at?: number }>[]>>>();
  set({ typing: true }, { forMs: 3_000 });
  // @ts-expect-error the state is another one
  set({ typing: 1 });
}

export function wideRooms(wide: ContractClient<typeof notes>) {
  wide.channel('note', 'n1').on('noted', ({ text }) => text.length);
}
