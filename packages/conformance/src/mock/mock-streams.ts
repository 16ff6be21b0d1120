import { SESSION_NAMES } from '@wirepact/contract/runtime';
import type { Socket } from 'socket.io';
import type { Fields } from '../wire/packet';

/** Items that come before a client grants more. */
const FIRST_ITEMS = 32;

/** The streams of one connection. */
export class MockStreams {
  private readonly open = new Map<unknown, unknown[]>();
  private count = 0;

  constructor(private readonly socket: Socket) {}

  /** Opens a stream; its items come once the client knows its id. */
  start(items: Iterable<unknown>): { readonly stream: string } {
    this.count += 1;
    const stream = `mock-${this.count}`;
    this.open.set(stream, [...items]);
    setImmediate(() => this.send(stream, FIRST_ITEMS));
    return { stream };
  }

  /** Answers those events of the session that are about streams; `undefined` for any other. */
  answer(event: string, { stream, credit }: Fields): { readonly data: unknown } | undefined {
    if (event === SESSION_NAMES.streamCancel) this.open.delete(stream);
    else if (event === SESSION_NAMES.streamCredit) this.send(stream, Number(credit));
    else return undefined;
    return { data: null };
  }

  private send(stream: unknown, credit: number): void {
    const items = this.open.get(stream);
    if (!items) return;
    const sent = items.splice(0, credit);
    if (sent.length > 0) this.socket.emit(SESSION_NAMES.streamItems, { stream, items: sent });
    if (items.length > 0) return;
    this.open.delete(stream);
    this.socket.emit(SESSION_NAMES.streamEnd, { stream });
  }
}
