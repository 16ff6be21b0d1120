import { expect, onTestFinished, test } from 'vitest';
import { board } from '../../test/board-fixture';
import { useChatFixture } from '../../test/chat-fixture';
import { serveBoard } from '../../test/serve-board';
import { CHANNEL } from '../../test/socket-server';
import { channels, createContractClient } from '../index';

/** What a page gives may be part of its state, which some frameworks make of proxies. */

/** An object as frameworks have it that follow who reads what: it, and whatever is in it, is a proxy. */
function observed<Value extends object>(value: Value): Value {
  return new Proxy(value, {
    get(target, name, receiver) {
      const inside: unknown = Reflect.get(target, name, receiver);
      return typeof inside === 'object' && inside !== null ? observed(inside) : inside;
    },
  });
}

const chatFixture = useChatFixture();

async function connect() {
  const { url } = await serveBoard();
  const client = createContractClient(url, board, {
    channels,
    transports: ['websocket'],
    auth: { as: 'ada' },
  });
  onTestFinished(() => client.close());
  return client;
}

test('requests and streams take what is made of proxies', async () => {
  const client = await connect();
  expect(await client.request('move_card', observed({ card: 'a', column: 'b' }))).toEqual({ position: 1 });
  expect(await client.stream('list_cards', observed({ column: 'b' })).next()).toEqual({
    done: true,
    value: undefined,
  });
});

test('channels take it, as what they send and expect', async () => {
  const channel = (await connect()).channel('board', 'b1');
  const states: unknown[] = [];
  const cards = channel.reduce((known, { payload }) => known + payload.card, '');
  cards.subscribe((state) => states.push(state));
  const payload = observed({ boardId: 'b1', card: 'a', column: 'b' });
  const expects = observed({ event: 'cardPlaced' as const, payload });
  expect(await channel.send('place_card', payload, { expects })).toMatchObject({ seq: 1 });
  expect(states).toContain('a');
});

test('the chat takes it, as attachments and metadata', async () => {
  const channel = await chatFixture.client().join(CHANNEL);
  const metadata = observed({ tags: ['a', { b: 1 }] });
  await channel.send('Hello', { metadata });
  expect(chatFixture.server.payloadsOf('send_message')).toMatchObject([
    { metadata: { tags: ['a', { b: 1 }] } },
  ]);
});

test('what is sent later is what was given', async () => {
  const client = await connect();
  const payload = { boardId: 'b1', card: 'a', column: 'b' };
  const heard: unknown[] = [];
  const channel = client.channel('board', 'b1');
  channel.on('cardPlaced', ({ column }) => heard.push(column));
  const sent = channel.send('place_card', payload);
  const requested = client.request('place_card', payload);
  payload.column = 'c';
  await Promise.all([sent, requested]);
  await channel.send('place_card', payload);
  expect(heard).toEqual(['b', 'b', 'c']);
});
