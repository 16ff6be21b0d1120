/** Items one after the other, until somebody wants no more. */
export interface ItemStream<Item> extends AsyncIterableIterator<Item, undefined> {
  /** Ends the stream, here and on the server; `break` in a `for await` calls it. */
  return(): Promise<IteratorResult<Item, undefined>>;
}

/** A stream whose code is loaded when the first of its items is wanted. */
export function createLazyStream<Item>(load: () => Promise<() => ItemStream<Item>>): ItemStream<Item> {
  let stream: ItemStream<Item> | undefined;
  const open = async () => {
    const create = await load();
    stream ??= create();
    return stream;
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => (await open()).next(),
    return: async () => (await open()).return(),
  };
}
