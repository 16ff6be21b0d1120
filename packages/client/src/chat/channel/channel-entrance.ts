import type { Position } from '@wirepact/protocol';
import type { RequestReply } from '../../runtime/contract-events';
import type { ChatProtocol } from '../chat-contract';
import type { ChannelHistory, HistoryPage } from './channel-history';
import type { ChannelStore } from './channel-store';
import { toPosition } from './durable-event';
import type { EventSequencer } from './event-sequencer';

/** What the server answers to a join. */
export type JoinReply = RequestReply<ChatProtocol, 'join_channel'>;

/** How to enter a channel. */
export interface EntranceOptions {
  /** Asks the server, which sends what happened after `resume` before it answers. */
  readonly ask: (resume: Position | undefined) => Promise<JoinReply>;
  /** Whether to ask for what was missed; otherwise what is known is replaced. */
  readonly resumes: boolean;
  /** Ends what is asked besides. */
  readonly signal: AbortSignal;
}

/** What a {@link ChannelEntrance} needs. */
export interface EntranceNeeds {
  readonly store: ChannelStore;
  readonly sequencer: EventSequencer;
  readonly history: ChannelHistory;
  /** Is told that the channel was entered. */
  readonly onEntered: (reply: JoinReply) => void;
}

/** Messages loaded where what was missed cannot be told. */
const RELOAD_LIMIT = 50;

/** Brings a channel up to date with the server: at a first join, after a reconnect, or where events are missing. */
export class ChannelEntrance {
  private newest: Promise<void> | undefined;

  constructor(private readonly needs: EntranceNeeds) {}

  /**
   * Enters the channel. Afterwards the view has everything up to the position the server answers with, and goes
   * on from there.
   */
  enter(options: EntranceOptions): Promise<void> {
    const entering: Promise<void> = this.tryToEnter(options, () => this.newest === entering);
    this.newest = entering;
    return entering;
  }

  private async tryToEnter(
    { ask, resumes, signal }: EntranceOptions,
    isNewest: () => boolean,
  ): Promise<void> {
    const { store, sequencer, onEntered } = this.needs;
    sequencer.pause();
    const known = store.model.position;
    const reply = await ask(resumes ? known : undefined);
    // Another attempt began meanwhile, on a later connection: what that one makes of the channel stands.
    if (!isNewest()) return this.newest;
    const at = toPosition(reply);
    const isReplaced = at && known && !this.isWhole(reply, known);
    const page = isReplaced && (await this.needs.history.readNewest(at, RELOAD_LIMIT, signal));
    if (!isNewest()) return this.newest;
    // What was missed may be thousands of events: the view changes once for all of them.
    store.batch(() => {
      if (page) this.replace(at, page);
      else if (at) sequencer.applyUpTo(at);
      store.dispatch({ type: 'entered', position: at, properties: reply.properties });
      onEntered(reply);
      sequencer.resume();
    });
  }

  private replace(position: Position, page: HistoryPage): void {
    this.needs.store.dispatch({ type: 'reset', position, ...page });
    this.needs.history.noteOwn(page.messages);
  }

  /** Whether everything from what is known up to the reply has arrived. */
  private isWhole({ recovered, epoch, seq }: JoinReply, known: Position): boolean {
    if (epoch === known.epoch && seq === known.seq) return true;
    return recovered === true && epoch === known.epoch && this.needs.sequencer.isWhole;
  }
}
