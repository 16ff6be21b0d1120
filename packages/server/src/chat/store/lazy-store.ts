import type { Store } from '../ports/store';

/** A store with everything that a store may have but the news of other processes. */
export type WholeStore = Store & Required<Pick<Store, 'appendWithin' | 'watchCommits'>>;

/** What is loaded once, with what waits for it called before whatever comes later. */
function createLoading(load: () => Promise<WholeStore>) {
  let loaded: WholeStore | undefined;
  let loading: Promise<WholeStore> | undefined;
  const use = () => {
    loading ??= load().then((store) => {
      // Those who wait for it go first.
      setImmediate(() => {
        loaded = store;
      });
      return store;
    });
    return loading;
  };
  return {
    use,
    run: <Result>(call: (store: WholeStore) => Promise<Result>): Promise<Result> =>
      loaded ? call(loaded) : use().then(call),
  };
}

/** A store whose code is loaded when it is first used; what is asked meanwhile is asked in its order. */
export function createLazyStore(load: () => Promise<WholeStore>): WholeStore {
  const { use, run } = createLoading(load);
  const methodsOf =
    <Part extends object>(partOf: (store: WholeStore) => Part) =>
    <Args extends unknown[], Result>(methodOf: (part: Part) => (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> =>
      run((store) => {
        const part = partOf(store);
        return methodOf(part).apply(part, args);
      });
  const lazily = methodsOf((store) => store);
  const turn = methodsOf((store) => store.turns);

  return {
    turns: {
      begin: turn((turns) => turns.begin),
      renew: turn((turns) => turns.renew),
      cancel: turn((turns) => turns.cancel),
      listOthers: turn((turns) => turns.listOthers),
      get: turn((turns) => turns.get),
      end: turn((turns) => turns.end),
    },
    open: lazily((store) => store.open),
    openChannel: lazily((store) => store.openChannel),
    countChannels: lazily((store) => store.countChannels),
    getChannel: lazily((store) => store.getChannel),
    createChannel: lazily((store) => store.createChannel),
    addAgent: lazily((store) => store.addAgent),
    updateChannel: lazily((store) => store.updateChannel),
    appendMessage: lazily((store) => store.appendMessage),
    deleteMessage: lazily((store) => store.deleteMessage),
    clearMessages: lazily((store) => store.clearMessages),
    listMessages: lazily((store) => store.listMessages),
    appendEvent: lazily((store) => store.appendEvent),
    appendWithin: lazily((store) => store.appendWithin),
    readHeads: lazily((store) => store.readHeads),
    readJournal: lazily((store) => store.readJournal),
    deleteChannel: lazily((store) => store.deleteChannel),
    prune: lazily((store) => store.prune),
    close: lazily((store) => store.close),

    watchCommits(listener) {
      let isOver = false;
      let stop = () => {
        isOver = true;
      };
      const watch = (store: WholeStore) => {
        if (!isOver) stop = store.watchCommits(listener);
      };
      // That it cannot be loaded is told to whoever asks something of it.
      use().then(watch, () => undefined);
      return () => stop();
    },
  };
}
