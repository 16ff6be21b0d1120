import { ListenerSet } from '../../runtime/base/listener-set';
import type { Observable } from '../../runtime/base/observable';
import { changeChannel } from './channel-changes';
import {
  type ChannelChange,
  type ChannelModel,
  createChannelModel,
  listMessages,
  toView,
} from './channel-model';
import type { ChannelState, ChannelView, ViewMessage } from './channel-view';

/** The model of one channel, and what an application sees of it. */
export class ChannelStore {
  readonly #listeners = new ListenerSet<ChannelView>();
  /** The view that was asked for last, and its model. */
  #current: { readonly model: ChannelModel; readonly view: ChannelView } | undefined;
  /** The messages that were looked at last, and their model. */
  #listed: { readonly model: ChannelModel; readonly messages: readonly ViewMessage[] } | undefined;
  /** What those who watch the view were told last. */
  #told: ChannelView;
  #batches = 0;

  /** What is known now. */
  model: ChannelModel;
  readonly view: Observable<ChannelView> = {
    get: () => this.#toCurrentView(),
    subscribe: (listener) => this.#listeners.add(listener),
  };

  /** Where the channel stands. */
  readonly #state: Observable<ChannelState>;

  constructor(maxMessages: number, state: Observable<ChannelState>) {
    this.#state = state;
    this.model = createChannelModel(maxMessages);
    this.#told = this.#toCurrentView();
    state.subscribe(() => this.#tell());
  }

  /** Changes the model, and tells those who watch the view if that changed anything. */
  change(change: ChannelChange): void {
    this.model = changeChannel(this.model, change);
    this.#tell();
  }

  /** Does much at once: those who watch the view are told at its end. Whoever asks meanwhile is told the truth. */
  batch(work: () => void): void {
    this.#batches += 1;
    try {
      work();
    } finally {
      this.#batches -= 1;
      this.#tell();
    }
  }

  #tell(): void {
    const view = this.#toCurrentView();
    if (this.#batches > 0 || this.#told === view) return;
    this.#told = view;
    this.#listeners.notify(view);
  }

  #toCurrentView(): ChannelView {
    const { model } = this;
    const { status } = this.#state.get();
    if (this.#current?.model !== model || this.#current.view.status !== status)
      this.#current = { model, view: toView(model, status, (viewed) => this.#list(viewed)) };
    return this.#current.view;
  }

  /** The messages of a model: the same array as before where they are the same. */
  #list(model: ChannelModel): readonly ViewMessage[] {
    const listed = this.#listed;
    const isSame = (['stored', 'streams', 'outgoing'] as const).every(
      (part) => listed?.model[part] === model[part],
    );
    if (listed && isSame) return listed.messages;
    const messages = listMessages(model);
    this.#listed = { model, messages };
    return messages;
  }
}
