import { createPayload } from '../chat-load';
import { FrameSocket } from '../websocket/frame-socket';
import type { JoinMember } from './member';

/** What a server speaks over a bare websocket: a frame each way is JSON. */
interface Frames {
  /** Listens to a channel, as request 0. */
  readonly join: (channelId: string) => string;
  readonly send: (id: number, payload: object) => string;
  /** What a frame that answers begins with; the number of the request follows. */
  readonly answer: string;
  /** What the frame of a message that arrives begins with. */
  readonly delivery: string;
  /** What is in every answer to a message that is not a failure. */
  readonly success: string;
}

const PLAIN: Frames = {
  join: (channelId) => JSON.stringify({ event: 'join_channel', id: 0, data: { channelId } }),
  send: (id, data) => JSON.stringify({ event: 'send_message', id, data }),
  answer: '{"ack":',
  delivery: '{"event":"messageBroadcast"',
  success: '"messageId":',
};

const ORPC: Frames = {
  join: (channelId) => JSON.stringify({ i: '0', p: { u: '/messages', b: { json: { channelId } } } }),
  send: (id, json) => JSON.stringify({ i: `${id}`, p: { u: '/send', b: { json } } }),
  answer: '{"i":"',
  delivery: '{"i":"0","t":3,',
  success: '"messageId":',
};

const TRPC: Frames = {
  join: (channelId) =>
    JSON.stringify({ id: 0, method: 'subscription', params: { path: 'messages', input: { channelId } } }),
  send: (id, input) => JSON.stringify({ id, method: 'mutation', params: { path: 'send', input } }),
  answer: '{"id":',
  delivery: '{"id":0,"result":{"type":"data"',
  success: '"messageId":',
};

const joinWith =
  ({ join, send, answer, delivery, success }: Frames): JoinMember =>
  (port, channelId, onDelivery) =>
    new Promise((resolve, reject) => {
      const waiting = new Map<number, (answer: string) => void>();
      let nextId = 1;
      const socket = new FrameSocket(port, '/', {
        onOpen: () => socket.send(join(channelId)),
        onClosed: reject,
        onText(frame) {
          if (frame.startsWith(delivery)) return onDelivery();
          if (!frame.startsWith(answer)) return;
          const text = frame.toString();
          const id = Number.parseInt(text.slice(answer.length), 10);
          waiting.get(id)?.(text);
          waiting.delete(id);
        },
      });
      const member = {
        send(done: (error?: Error) => void) {
          const id = nextId;
          nextId += 1;
          waiting.set(id, (text) =>
            text.includes(success) ? done() : done(new Error(`A message failed: ${text}`)),
          );
          socket.send(send(id, createPayload(channelId)));
        },
      };
      waiting.set(0, () => resolve(member));
    });

/** Somebody in a channel of `ws` and JSON. */
export const joinPlain = joinWith(PLAIN);

/** Somebody in a channel of oRPC. */
export const joinOrpc = joinWith(ORPC);

/** Somebody in a channel of tRPC. */
export const joinTrpc = joinWith(TRPC);
