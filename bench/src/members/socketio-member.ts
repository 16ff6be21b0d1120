import { createJoin, createPayload } from '../chat-load';
import { WireClient } from '../wire-client';
import type { JoinMember } from './member';

type Event = readonly [name: string, ...args: unknown[]];

/** What a server calls what happens in a channel, over Socket.IO. */
interface Names {
  readonly join: (channelId: string) => Event;
  readonly send: (payload: object) => Event;
  /** What the frame of a message that arrives begins with. */
  readonly delivery: string;
  /** What is in every answer that is not a failure. */
  readonly success: string;
}

const CHAT: Names = {
  join: (channelId) => ['join_channel', createJoin(channelId)],
  send: (payload) => ['send_message', payload],
  delivery: '42["messageBroadcast"',
  success: '"ok":true',
};

const FEATHERS: Names = {
  join: (channelId) => ['create', 'members', { channelId }],
  send: (payload) => ['create', 'messages', payload],
  delivery: '42["messages created"',
  success: '[null,{',
};

const joinWith =
  ({ join, send, delivery, success }: Names): JoinMember =>
  async (port, channelId, onDelivery) => {
    const client = await WireClient.connect(port);
    const request = (event: Event, done: (error?: Error) => void) =>
      client.emit(event, (answer) =>
        answer.includes(success) ? done() : done(new Error(`${event[0]}: ${answer}`)),
      );
    await new Promise<void>((resolve, reject) =>
      request(join(channelId), (error) => (error ? reject(error) : resolve())),
    );
    client.onEvent = (frame) => {
      if (frame.startsWith(delivery)) onDelivery();
    };
    return { send: (done) => request(send(createPayload(channelId)), done) };
  };

/** Somebody in a channel of the chat, or of a server with its events. */
export const joinChat = joinWith(CHAT);

/** Somebody in a channel of Feathers. */
export const joinFeathers = joinWith(FEATHERS);
