import { ListenerSet } from '../listener-set';
import type { Observable } from '../observable';
import { type ChannelAction, type ChannelModel, EMPTY_CHANNEL, toView } from './channel-model';
import { reduceChannel } from './channel-reducer';
import type { ChannelView } from './channel-view';

/** The model of one channel, and what an application sees of it. */
export class ChannelStore {
  private readonly listeners = new ListenerSet<ChannelView>();
  private current = { model: EMPTY_CHANNEL, view: toView(EMPTY_CHANNEL) };
  /** What those who watch the view were told last. */
  private told = EMPTY_CHANNEL;
  private batches = 0;

  /** What is known now. */
  model: ChannelModel = EMPTY_CHANNEL;
  readonly view: Observable<ChannelView> = {
    get: () => this.toCurrentView(),
    subscribe: (listener) => this.listeners.add(listener),
  };

  /** Changes the model, and tells those who watch the view if that changed anything. */
  dispatch(action: ChannelAction): void {
    this.model = reduceChannel(this.model, action);
    this.tell();
  }

  /** Does much at once: those who watch the view are told at its end. Whoever asks meanwhile is told the truth. */
  batch(work: () => void): void {
    this.batches += 1;
    try {
      work();
    } finally {
      this.batches -= 1;
      this.tell();
    }
  }

  private tell(): void {
    if (this.batches > 0 || this.told === this.model) return;
    this.told = this.model;
    this.listeners.notify(this.toCurrentView());
  }

  private toCurrentView(): ChannelView {
    const { model } = this;
    if (this.current.model !== model) this.current = { model, view: toView(model) };
    return this.current.view;
  }
}
