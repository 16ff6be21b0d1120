import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { ElizaosOptions } from './elizaos-options';
import { LogSide } from './log-side';
import { serveRest } from './rest-side';
import { type Context, serveSockets } from './socket-side';
import { Store } from './store';

/** A part of an agent's answer. */
interface Answering {
  readonly channelId: string;
  readonly messageId: string;
  readonly agentId: string;
}

/** A server that does what ElizaOS 1.7.2 does, as far as a client can tell. */
export interface ElizaosServer {
  readonly url: string;
  readonly port: number;
  /** For what a test wants to be sent that no route sends. */
  readonly io: Server;
  /** What clients have sent, in order; an envelope by its type. */
  readonly received: { readonly event: string; readonly payload: unknown }[];
  /** Requests of the REST side so far, as `GET /api/…`. */
  readonly requests: string[];
  /** Sends what an agent has said so far, part by part. */
  stream(answer: Answering, chunks: readonly string[]): void;
  /** Sends that an answer broke off. */
  breakOff(answer: Answering, error: string, partialText?: string): void;
  /** Writes a line of the log. */
  log(level: string, msg: string): void;
  /** Cuts every connection off, as a network does. */
  cut(): void;
  /** Stops, as a process does that is killed; what it kept is gone. */
  stop(): Promise<void>;
}

const SOCKET_OPTIONS = {
  pingInterval: 25_000,
  pingTimeout: 20_000,
  connectTimeout: 10_000,
  maxHttpBufferSize: 1e6,
  perMessageDeflate: false,
  cors: { origin: '*', methods: ['GET', 'POST'], credentials: true },
};

function record(io: Server, received: { event: string; payload: unknown }[]): void {
  io.on('connection', (socket) =>
    socket.onAny((event: string, payload: unknown) => {
      const { type, payload: inner } = Object(payload);
      received.push(event === 'message' ? { event: String(type), payload: inner } : { event, payload });
    }),
  );
}

/** Starts one. */
export async function startElizaos(options: ElizaosOptions = {}): Promise<ElizaosServer> {
  const requests: string[] = [];
  const received: { event: string; payload: unknown }[] = [];
  const http = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    void serveRest(context, request, response);
  });
  const io = new Server(http, SOCKET_OPTIONS);
  const logs = new LogSide();
  const context: Context = { io, logs, options, store: new Store(options.databaseRetryMs ?? 3_000) };
  record(io, received);
  serveSockets(context);
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, port, io, received, requests },
    stream({ channelId, messageId, agentId }, chunks) {
      for (const [index, chunk] of chunks.entries())
        io.to(channelId).emit('messageStreamChunk', { messageId, chunk, index, agentId, channelId });
    },
    breakOff({ channelId, messageId, agentId }, error, partialText) {
      io.to(channelId).emit('messageStreamError', { messageId, channelId, agentId, error, partialText });
    },
    log: (level, msg) => logs.write(level, msg),
    cut() {
      for (const socket of io.sockets.sockets.values()) socket.conn.close();
    },
    async stop() {
      http.closeAllConnections();
      await io.close();
    },
  };
}
