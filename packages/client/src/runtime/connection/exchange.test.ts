import { expect, test } from 'vitest';
import { exchangeEvent } from './exchange';

type Acknowledge = (error: Error | null, answer?: unknown) => void;

/** A socket in the hands of the test. `keepsBack`: as Socket.IO does once the pings have stopped. */
function fakeSocket({ keepsBack = false } = {}) {
  const sent: { event: string; acknowledge: Acknowledge }[] = [];
  const socket = {
    connected: true,
    sendBuffer: [] as unknown[],
    timeout: () => ({
      emit(event: string, ...args: unknown[]) {
        sent.push({ event, acknowledge: args.at(-1) as Acknowledge });
        if (keepsBack) socket.sendBuffer.push(event);
      },
    }),
  };
  return { socket, sent };
}

const request = (signal = new AbortController().signal) => ({
  event: 'send_message',
  args: [{}],
  timeoutMs: 100,
  signal,
});

test('an event into a dead connection is taken back, so that it is not sent before anything is restored', async () => {
  const { socket, sent } = fakeSocket({ keepsBack: true });
  const exchange = exchangeEvent(socket, request());
  expect(socket.sendBuffer).toEqual([]);
  socket.connected = false;
  sent[0]?.acknowledge(new Error('socket has been disconnected'));
  expect(await exchange).toEqual({ status: 'unsent' });
});

test('an event without a connection is not emitted', async () => {
  const { socket, sent } = fakeSocket();
  socket.connected = false;
  expect(await exchangeEvent(socket, request())).toEqual({ status: 'unsent' });
  expect(sent).toEqual([]);
});

test('the time limit is the signal’s, whatever Socket.IO says first', async () => {
  const { socket, sent } = fakeSocket();
  const controller = new AbortController();
  const exchange = exchangeEvent(socket, request(controller.signal));
  sent[0]?.acknowledge(new Error('operation has timed out'));
  controller.abort(new Error('too late'));
  await expect(exchange).rejects.toThrow('too late');
});
