import type { BroadcastMessage, ChannelUpdates, Position } from '@wirepact/protocol';
import { nameOfText } from './chaos-text';
import type { DurableName, KeptMessage, MemberView, Receipt } from './run-record';

/** A numbered event as it came. */
export interface NumberedEvent extends Position {
  readonly event: DurableName;
  readonly payload: object & {
    readonly text?: string;
    readonly messageId?: string;
    readonly updates?: ChannelUpdates;
  };
}

/** A message that waits for its receipt. */
export interface Waiting {
  /** Its name. */
  readonly text: string;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (cause: unknown) => void;
}

export const toKept = ({ id, seq = 0, senderId, text }: BroadcastMessage): KeptMessage => ({
  ...{ id, seq, senderId, text: nameOfText(text) },
});

/** What a reference client knows of one channel. */
export class ReferenceChannel {
  readonly queue: Waiting[] = [];
  position: Position | undefined;
  isJoined = false;
  isSending = false;
  private messages = new Map<string, KeptMessage>();
  private properties: ChannelUpdates = {};
  /** What came while the channel is being entered. */
  private held: NumberedEvent[] | undefined;

  constructor(readonly id: string) {}

  /** Takes an event: it is the next one, one known already, or numbers are missing before it. */
  accept(event: NumberedEvent): 'applied' | 'known' | 'hole' | 'ended' {
    const { position } = this;
    if (this.held) {
      this.held.push(event);
      return 'known';
    }
    if (!position || (event.epoch === position.epoch && event.seq <= position.seq)) return 'known';
    // The end needs nothing before it, and there is nothing left to ask for.
    if (event.event === 'channelDeleted' && event.epoch === position.epoch) {
      this.end();
      return 'ended';
    }
    // A replay may leave numbers out: those of messages that were deleted since.
    if (this.isJoined && event.seq > position.seq + 1) return 'hole';
    this.apply(event);
    return 'applied';
  }

  /** From now on events are held back, until {@link release}; those held before are forgotten. */
  hold(): void {
    this.isJoined = false;
    this.held = [];
  }

  /** Starts over from what the server has at a position. */
  reset({ epoch, seq }: Position, messages: readonly KeptMessage[]): void {
    this.messages = new Map(messages.map((one) => [one.id, one]));
    this.position = { epoch, seq };
  }

  /** Ends {@link hold}; answers with what was held. */
  release(): readonly NumberedEvent[] {
    const { held = [] } = this;
    this.held = undefined;
    return held;
  }

  /** Notes that everything up to a position has come, and what the channel's properties are now. */
  arrive({ epoch, seq, properties }: Position & { readonly properties?: ChannelUpdates }): void {
    if (this.position?.epoch !== epoch || this.position.seq < seq) this.position = { epoch, seq };
    if (properties) this.properties = properties;
    this.isJoined = true;
  }

  /** Knows nothing any more: this life of the channel is over. */
  end(): void {
    this.isJoined = false;
    this.position = undefined;
    this.messages.clear();
    this.properties = {};
  }

  view(): MemberView {
    const messages = [...this.messages.values()].sort((one, other) => one.seq - other.seq);
    const unsent = this.queue.map(({ text }) => text);
    return { position: this.position, messages, properties: this.properties, hasOlder: false, unsent };
  }

  private apply({ event, payload, epoch, seq }: NumberedEvent): void {
    this.position = { epoch, seq };
    if (event === 'messageBroadcast') this.keep(toKept(payload as BroadcastMessage));
    else if (event === 'messageDeleted') this.messages.delete(payload.messageId ?? '');
    else if (event === 'channelUpdated') this.properties = { ...this.properties, ...payload.updates };
    else for (const one of this.view().messages) if (one.seq < seq) this.messages.delete(one.id);
  }

  private keep(message: KeptMessage): void {
    this.messages.set(message.id, message);
  }
}
