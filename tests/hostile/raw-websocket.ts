import type { Socket } from 'node:net';
import { headOf, parseResponse, type RawResponse } from './raw-http';
import { openTcp, type Target, within, written } from './raw-tcp';
import { encodeFrame, type FrameFlaws, FrameReader, OPCODE } from './websocket-frames';

/** How a websocket ended; no code where there was no close frame, or none in it. */
export interface WebSocketEnd {
  readonly code: number | undefined;
}

const UPGRADE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** The first lines of a websocket's opening. */
export const upgradeHead = (path: string, headers: Readonly<Record<string, string>> = {}): string =>
  headOf({ path, headers: { ...UPGRADE, ...headers } });

/** A server that did not want a websocket, and what it said instead. */
export class UpgradeRefused extends Error {
  constructor(readonly response: RawResponse | undefined) {
    super(
      `No websocket, but ${response ? `status ${response.status}: ${response.body}` : 'an end without a word'}.`,
    );
  }
}

/** A websocket on which anything can be said. */
export class RawWebSocket {
  /** Bytes that came, after the opening. */
  bytesReceived = 0;
  /** Told of every text that comes. */
  onText: (text: string) => void = () => {};
  /** Resolves once the server has ended it. */
  readonly ended: Promise<WebSocketEnd>;
  private readonly reader = new FrameReader();
  private closeCode: number | undefined;

  private constructor(readonly tcp: Socket) {
    this.ended = new Promise((resolve) => tcp.once('close', () => resolve({ code: this.closeCode })));
  }

  /** Opens one. @throws UpgradeRefused */
  static async open(target: Target, path: string, headers: Readonly<Record<string, string>> = {}) {
    const tcp = await openTcp(target);
    const websocket = new RawWebSocket(tcp);
    const opened = new Promise<void>((resolve, reject) => {
      let head = Buffer.alloc(0);
      const refuse = () => reject(new UpgradeRefused(parseResponse(head)));
      tcp.once('close', refuse);
      const onData = (chunk: Buffer) => {
        head = Buffer.concat([head, chunk]);
        const response = parseResponse(head);
        if (response?.status !== 101) return;
        tcp.off('close', refuse).off('data', onData);
        tcp.on('data', (data: Buffer) => websocket.take(data));
        resolve();
        const rest = head.subarray(head.indexOf('\r\n\r\n') + 4);
        // Whoever asked gets to say first what is to be done with it.
        if (rest.length > 0) setImmediate(() => websocket.take(rest));
      };
      tcp.on('data', onData);
    });
    tcp.write(upgradeHead(path, headers));
    await within(opened, 'an answer to an upgrade');
    return websocket;
  }

  /** Sends a text; resolves once the system has taken it. */
  sendText(text: Buffer | string): Promise<void> {
    return this.sendFrame(OPCODE.text, text);
  }

  sendFrame(opcode: number, payload: Buffer | string, flaws?: FrameFlaws): Promise<void> {
    return written(this.tcp, encodeFrame(opcode, payload, flaws));
  }

  /** Reads nothing any more: what the server sends stays with it. */
  stopReading(): void {
    this.tcp.pause();
  }

  /** Is gone without a word. */
  vanish(): void {
    this.tcp.resetAndDestroy();
  }

  private take(chunk: Buffer): void {
    this.bytesReceived += chunk.length;
    for (const { opcode, payload } of this.reader.push(chunk)) {
      if (opcode === OPCODE.text) this.onText(payload.toString());
      if (opcode !== OPCODE.close) continue;
      if (payload.length >= 2) this.closeCode = payload.readUInt16BE(0);
      this.tcp.end(encodeFrame(OPCODE.close, payload.subarray(0, 2)));
    }
  }
}
