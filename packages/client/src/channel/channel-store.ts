import { createObservable, type Observable } from '../observable';
import { type ChannelAction, type ChannelModel, EMPTY_CHANNEL, toView } from './channel-model';
import { reduceChannel } from './channel-reducer';
import type { ChannelView } from './channel-view';

/** The model of one channel, and what an application sees of it. */
export class ChannelStore {
  private readonly current = createObservable<ChannelView>(toView(EMPTY_CHANNEL));

  /** What is known now. */
  model: ChannelModel = EMPTY_CHANNEL;
  readonly view: Observable<ChannelView> = this.current;

  /** Changes the model, and tells those who watch the view if that changed anything. */
  dispatch(action: ChannelAction): void {
    const model = reduceChannel(this.model, action);
    if (model === this.model) return;
    this.model = model;
    this.current.set(toView(model));
  }
}
