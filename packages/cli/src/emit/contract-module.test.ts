import { findErrorDataError, findItemError } from '@wirepact/contract';
import { expect, test } from 'vitest';
import { live } from '../test-live-contract';
import { buildContract } from './build';
import { toContractDocument } from './contract-document';
import { loadBuilt } from './test-load-built';
import { compile } from './typescript/test-compile';

const files = buildContract(live, 'live');

const read = (name: string) => files.get(name) ?? '';

/** The contract that the built module exports. */
async function loadLive(): Promise<typeof live> {
  const built = await loadBuilt(files, 'index.js');
  return built.live as typeof live;
}

test('has for every event what it was declared with', async () => {
  const { clientToServer, serverToClient } = await loadLive();
  const room = { name: 'board', property: 'boardId' };
  expect(clientToServer.move_card).toMatchObject({
    key: 'moveId',
    room,
  });
  expect(clientToServer.list_cards).toMatchObject({ resume: { item: 'id', payload: 'after' } });
  expect(serverToClient.cardMoved).toMatchObject({ durable: true, key: 'moveId', room });
  expect(clientToServer.move_card).not.toHaveProperty('stream');
  expect(serverToClient.confirm_move).not.toHaveProperty('durable');
});

test('checks the items of a stream, what an error tells, and what a client answers', async () => {
  const { errors, clientToServer, serverToClient } = await loadLive();
  expect(await findItemError(clientToServer.list_cards, { id: 'a', title: 'A' })).toBeUndefined();
  expect(await findItemError(clientToServer.list_cards, { id: 'a' })).toMatchObject({
    issues: [{ path: '/title', keyword: 'required' }],
  });
  expect(await findErrorDataError(errors.CARD_LOCKED, { by: 'Ada' })).toBeUndefined();
  expect(await findErrorDataError(errors.CARD_LOCKED, {})).toMatchObject({ issues: [{ path: '/by' }] });
  expect(serverToClient.confirm_move.reply.check({ allowed: true })).toBe(true);
  expect(serverToClient.confirm_move.reply.check({ allowed: 1 })).toBe(false);
  expect(serverToClient.cardMoved.payload.check({ boardId: 'b', epoch: 'e', seq: 1.5 })).toBe(false);
});

test('checks what members of a room do', async () => {
  const { presence } = await loadLive();
  expect(presence?.board.check({ typing: true })).toBe(true);
  expect(await presence?.board.issues({ typing: 1 })).toMatchObject([{ path: '/typing' }]);
});

test('knows of its own codes whether to retry, and leaves the texts to `errors`', async () => {
  const { errors } = await loadLive();
  expect(Object.keys(errors)).toEqual(['CARD_LOCKED', 'BOARD_FULL']);
  expect(errors.BOARD_FULL).toEqual({ retryable: false });
  const { errors: texts } = await loadBuilt(files, 'errors.js');
  expect(texts).toMatchObject({
    CARD_LOCKED: { description: 'Somebody else has the card.', retryable: true },
  });
  expect(read('errors.js')).not.toContain('$ref');
});

const COMPARED = `
import type * as Kit from '@wirepact/contract/runtime';
import type { live as declared } from '../../test-live-contract';
import type { CardLockedData, ClientToServerEvents, ErrorData, ListCardsItem, Live, PresenceStates, ServerToClientEvents, StreamItems } from './index';
type Declared = typeof declared;
type Written<T> = T extends (...args: infer Args) => infer Result ? (...args: Written<Args>) => Result : T extends object ? { [Name in keyof T]: Written<T[Name]> } : T;
type Equal<Left, Right> = (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;
type Mutual<Left, Right> = [Left] extends [Right] ? ([Right] extends [Left] ? true : false) : false;
const is = <_ extends true>() => undefined;
type Sent<C extends Kit.Contract> = C['clientToServer'];
type Heard<C extends Kit.Contract> = C['serverToClient'];
is<Equal<Kit.StreamNames<Sent<Live>>, Kit.StreamNames<Sent<Declared>>>>();
is<Equal<Kit.KeyedNames<Sent<Live>>, 'move_card'>>();
is<Equal<Kit.DurableNames<Heard<Live>>, 'cardMoved'>>();
is<Equal<Kit.ServerRequestNames<Live>, 'confirm_move'>>();
is<Equal<Kit.RoomNames<Live>, 'board'>>();
is<Equal<Written<Kit.ItemOf<Live['clientToServer']['list_cards']>>, Kit.ItemOf<Declared['clientToServer']['list_cards']>>>();
is<Equal<Kit.CodeOf<Live['clientToServer']['move_card']>, 'CARD_LOCKED' | 'BOARD_FULL'>>();
is<Equal<Kit.CodeOf<Live['clientToServer']['list_cards']>, never>>();
is<Equal<Kit.ErrorDataOf<Live, 'CARD_LOCKED'>, CardLockedData>>();
is<Equal<Kit.ErrorDataOf<Live, 'BOARD_FULL'>, undefined>>();
is<Mutual<Kit.EventErrorOf<Live, 'move_card'>, Kit.EventErrorOf<Declared, 'move_card'>>>();
is<Equal<Written<Kit.PayloadOf<Live['serverToClient']['cardMoved']>>, Written<Kit.PayloadOf<Declared['serverToClient']['cardMoved']>>>>();
is<Mutual<ClientToServerEvents, Kit.ClientToServerEventsOf<Declared>>>();
is<Mutual<ServerToClientEvents, Kit.ServerToClientEventsOf<Declared>>>();
is<Equal<StreamItems, { list_cards: ListCardsItem }>>();
is<Equal<keyof ErrorData, 'CARD_LOCKED'>>();
is<Mutual<Kit.PresenceOf<Live, 'board'>, Kit.PresenceOf<Declared, 'board'>>>();
is<Mutual<PresenceStates['board'], { typing?: boolean }>>();
is<Equal<Kit.PresenceOf<Live, 'list'>, never>>();
`;

test('has the types that were declared; another one would be seen', () => {
  const wrong = COMPARED.replaceAll("'CARD_LOCKED' | 'BOARD_FULL'", "'CARD_LOCKED'").replaceAll(
    'list_cards: ListCardsItem',
    'list_cards: CardLockedData',
  );
  const errors = compile({
    'index.ts': read('index.d.ts').replaceAll('.js', ''),
    'events.ts': read('events.d.ts').replaceAll('.js', ''),
    'types.ts': read('types.d.ts'),
    'compared.ts': COMPARED,
    'wrong.ts': wrong,
  });
  const inWrong = expect.stringMatching(/^wrong\.ts:/);
  expect(errors).toEqual([inWrong, inWrong]);
});

test.each(['contract', 'durable', 'streamed'])(
  'may export the contract as `%s`, whose type then has a name of the kit’s',
  (name) => {
    const built = buildContract(live, name);
    const declarations = (file: string) => (built.get(file) ?? '').replaceAll('.js', '');
    const errors = compile({
      'index.ts': declarations('index.d.ts'),
      'events.ts': declarations('events.d.ts'),
      'types.ts': declarations('types.d.ts'),
      'use.ts': `import type { PayloadOf } from '@wirepact/contract/runtime';
import { ${name} } from './index';
export const card: PayloadOf<(typeof ${name})['clientToServer']['move_card']>['cardId'] = 5;`,
    });
    expect(errors).toEqual(["use.ts:3 Type 'number' is not assignable to type 'string'."]);
  },
);

test('what was built is not built again', () => {
  const extended = { ...live, errors: { ...live.errors, OLD: { retryable: false } } };
  expect(() => toContractDocument(extended)).toThrow('it has events that were built already');
});
