import type { ChannelEvent, KeptMessage, MemberView, Position, Properties } from './run-record';

/** What a channel holds, as somebody was told who asked. */
export interface History {
  readonly messages: readonly KeptMessage[];
  readonly properties?: Properties;
}

/** What a reference client knows of one channel. */
export class ReferenceChannel {
  position: Position | undefined;
  isJoined = false;
  private messages = new Map<string, KeptMessage>();
  private properties: Properties = {};
  /** What came while the channel is being entered. */
  private held: ChannelEvent[] | undefined;
  /** Lives that are over: an event of theirs may come late, to whoever caused it. */
  private readonly over = new Set<string>();

  constructor(readonly id: string) {}

  /** Takes an event: it is the next one, one known already, or numbers are missing before it. */
  accept(event: ChannelEvent): 'applied' | 'known' | 'hole' | 'ended' {
    const { position } = this;
    if (this.held) {
      this.held.push(event);
      return 'known';
    }
    if (!position || this.over.has(event.epoch)) return 'known';
    if (event.epoch === position.epoch && event.seq <= position.seq) return 'known';
    // The end needs nothing before it, and there is nothing left to ask for.
    if (event.event === 'ended' && event.epoch === position.epoch) {
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
  reset({ epoch, seq }: Position, { messages, properties = {} }: History): void {
    this.messages = new Map(messages.map((one) => [one.id, one]));
    this.properties = properties;
    if (this.position && this.position.epoch !== epoch) this.over.add(this.position.epoch);
    this.position = { epoch, seq };
  }

  /** Ends {@link hold}; answers with what was held. */
  release(): readonly ChannelEvent[] {
    const { held = [] } = this;
    this.held = undefined;
    return held;
  }

  /** Notes that everything up to a position has come, and what the channel's properties are now. */
  arrive({ epoch, seq, properties }: Position & { readonly properties?: Properties }): void {
    if (this.position?.epoch !== epoch || this.position.seq < seq) this.position = { epoch, seq };
    if (properties) this.properties = properties;
    this.isJoined = true;
  }

  /** Knows nothing any more: this life of the channel is over. */
  end(): void {
    this.isJoined = false;
    if (this.position) this.over.add(this.position.epoch);
    this.position = undefined;
    this.messages.clear();
    this.properties = {};
  }

  view(): MemberView {
    const messages = [...this.messages.values()].sort((one, other) => one.seq - other.seq);
    return {
      position: this.position,
      messages,
      properties: this.properties,
      hasOlder: false,
      unsent: [],
      streaming: [],
    };
  }

  private apply({ event, subject, message, updates, epoch, seq }: ChannelEvent): void {
    this.position = { epoch, seq };
    if (message) this.messages.set(message.id, message);
    else if (event === 'deleted') this.messages.delete(subject);
    else if (event === 'updated') this.properties = { ...this.properties, ...updates };
    else for (const one of this.view().messages) if (one.seq < seq) this.messages.delete(one.id);
  }
}
