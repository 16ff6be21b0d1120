import type { Store } from '@wirepact/server';

type Turns = Store['turns'];

/** The store, but some of what it does with turns is done otherwise. */
export const withTurns = (store: Store, changed: Partial<Turns>): Store => {
  const { turns } = store;
  const same: Turns = {
    begin: (turn, owner) => turns.begin(turn, owner),
    renew: (claims) => turns.renew(claims),
    cancel: (channelId, messageId) => turns.cancel(channelId, messageId),
    listOthers: (owner, limit) => turns.listOthers(owner, limit),
    get: (channelId, messageId) => turns.get(channelId, messageId),
    end: (channelId, messageId) => turns.end(channelId, messageId),
  };
  return { ...store, turns: { ...same, ...changed } };
};
