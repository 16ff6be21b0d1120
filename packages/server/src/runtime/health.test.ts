import { createServer } from 'node:http';
import { WirepactError } from '@wirepact/contract/runtime';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startChat } from '../chat/test-chat';
import { attachChatServer, createMemoryStore, type Store } from '../index';
import { createHealth } from './health';
import { startBoard } from './test-board';
import { listen, silent } from './test-client';

async function ask(url: string, path: string) {
  const response = await fetch(url + path);
  return { status: response.status, text: await response.text() };
}

const failing = () => Promise.reject(new WirepactError('STORE_UNAVAILABLE', 'secret://user:pass@host'));

/** A store that can be away. */
function createStore() {
  const memory = createMemoryStore();
  const state = { isAway: false };
  const store: Store = {
    ...memory,
    readHeads: (ids) => (state.isAway ? failing() : memory.readHeads(ids)),
  };
  return { store, state };
}

test('a server of its own says over HTTP that it lives, and whether it should be given clients', async () => {
  const { store, state } = createStore();
  const { url } = await startChat({ store });
  expect(await ask(url, '/healthz')).toEqual({ status: 200, text: 'ok\n' });
  const ready = { ready: true, closing: false, store: 'ok' };
  const { status, text } = await ask(url, '/readyz?verbose');
  expect([status, JSON.parse(text)]).toEqual([200, ready]);
  state.isAway = true;
  const away = await ask(url, '/readyz');
  expect([away.status, JSON.parse(away.text)]).toEqual([
    503,
    { ...ready, ready: false, store: 'unavailable' },
  ]);
  expect((await ask(url, '/healthz')).status).toBe(200);
  state.isAway = false;
  expect((await ask(url, '/readyz')).status).toBe(200);
  expect((await ask(url, '/')).status).toBe(404);
});

test('a server that keeps nothing and is alone is ready until it closes', async () => {
  const { server } = await startBoard();
  expect(await server.health()).toEqual({ ready: true, closing: false });
  const closed = server.close();
  expect(await server.health()).toEqual({ ready: false, closing: true });
  await closed;
});

test('a host asks it for a route of its own, and the store is the host’s', async () => {
  const { store, state } = createStore();
  const httpServer = createServer();
  await listen(httpServer);
  const chat = attachChatServer(httpServer, { store, logger: silent });
  onTestFinished(async () => {
    await chat.close();
    httpServer.close();
  });
  expect(await chat.health()).toEqual({ ready: true, closing: false, store: 'ok' });
  state.isAway = true;
  expect(await chat.health()).toMatchObject({ ready: false, store: 'unavailable' });
});

test('what joins the processes has to answer, too, and nothing is waited for long', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const health = createHealth({
    isClosing: () => false,
    checkStore: async () => {},
    checkScaleOut: () => new Promise(() => {}),
  });
  const found = health();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await found).toEqual({ ready: false, closing: false, store: 'ok', scaleOut: 'unavailable' });
});

test('who asks often asks nothing more of the store', async () => {
  let asked = 0;
  const health = createHealth({
    isClosing: () => false,
    checkStore: async () => {
      asked += 1;
    },
    checkScaleOut: undefined,
  });
  await Promise.all(Array.from({ length: 100 }, () => health()));
  expect(asked).toBe(1);
  await health();
  expect(asked).toBe(2);
});
