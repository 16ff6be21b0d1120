import { pause } from '../runtime/base/deadline';
import type { AgentPart } from './agent';
import { sendUntilTaken } from './send-until-taken';

type Part = Exclude<AgentPart, string>;

/** What is sent at once. */
export interface Batch {
  readonly index: number;
  readonly parts: Part[];
  readonly end?: 'done' | 'failed';
}

/** Parts that are sent at once, at most, and characters that one may have of text, and of thought. */
const MAX_PARTS = 64;
const MAX_TEXT = 4_096;
/** So many parts wait before the agent has to. */
const MAX_WAITING = 256;
/** Shortest time from one batch to the next: what the server's rate limit lets pass by default. */
const INTERVAL_MS = 125;

/** A text in pieces, each of which one part may have; no character is cut in two. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = start + MAX_TEXT;
    const isInPair = (text.codePointAt(end - 1) ?? 0) > 0xffff;
    pieces.push(text.slice(start, isInPair ? end - 1 : end));
    start += pieces.at(-1)?.length ?? 0;
  }
  return pieces;
}

/** A part as the server takes it: what is too long for one goes into several. */
function toParts(part: AgentPart): Part[] {
  const { text = '', thought = '', ...others } = typeof part === 'string' ? { text: part } : part;
  if (text.length <= MAX_TEXT && thought.length <= MAX_TEXT)
    return [typeof part === 'string' ? { text } : part];
  return [
    ...piecesOf(thought).map((piece) => ({ thought: piece })),
    ...piecesOf(text).map((piece) => ({ text: piece })),
    ...(Object.keys(others).length > 0 ? [others] : []),
  ];
}

/** Sends the parts of one answer in batches, one after the other; what comes meanwhile goes into the next one. */
export class PartSender {
  private waiting: Part[] = [];
  private nextIndex = 0;
  private end: Batch['end'];
  private isEnded = false;
  private sending: Promise<void> | undefined;
  private nextAt = 0;

  /**
   * `send` rejects with a WirepactError; a batch that is refused with one that is `retryable` is sent again. `onFailure` is
   * called where one is refused otherwise. Nothing is sent any more once `signal` aborts.
   */
  constructor(
    private readonly send: (batch: Batch) => Promise<unknown>,
    private readonly signal: AbortSignal,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Takes a part; resolves when the agent may go on. */
  async add(part: AgentPart): Promise<void> {
    for (const one of toParts(part)) this.push(one);
    const sending = this.start();
    if (this.waiting.length >= MAX_WAITING) await sending;
  }

  /** Ends the answer; resolves when the server has all of it, and rejects where it refuses it. */
  async finish(end: 'done' | 'failed'): Promise<void> {
    this.end = end;
    // An agent that has failed says so also where the server did not take what it said.
    await this.sending?.catch((error: unknown) => {
      if (end === 'done') throw error;
    });
    if (!this.isEnded) await this.start();
  }

  /** Text that follows text is put behind it. */
  private push(part: Part): void {
    const last = this.waiting.at(-1);
    const isText = (one: Part | undefined) => one?.text !== undefined && Object.keys(one).length === 1;
    const text = (last?.text ?? '') + (part.text ?? '');
    if (isText(last) && isText(part) && text.length <= MAX_TEXT) this.waiting.splice(-1, 1, { text });
    else this.waiting.push(part);
  }

  private start(): Promise<void> {
    this.sending ??= this.run().finally(() => {
      this.sending = undefined;
    });
    // Whoever does not wait for it is told of a failure by `onFailure`.
    this.sending.catch(() => {});
    return this.sending;
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0 || this.end) {
      await pause(Math.max(this.nextAt - Date.now(), 0), this.signal);
      this.signal.throwIfAborted();
      const parts = this.waiting.splice(0, MAX_PARTS);
      const end = this.waiting.length === 0 ? this.end : undefined;
      await this.deliver({ index: this.nextIndex, parts, ...(end && { end }) });
      this.nextIndex += 1;
      this.isEnded = end !== undefined;
      if (end) return;
    }
  }

  private async deliver(batch: Batch): Promise<void> {
    const send = () => {
      this.nextAt = Date.now() + INTERVAL_MS;
      return this.send(batch);
    };
    try {
      await sendUntilTaken(send, this.signal);
    } catch (error) {
      this.onFailure(error);
      throw error;
    }
  }
}
