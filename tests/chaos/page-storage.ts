import type { OutboxStorage, StoredSend } from '@wirepact/client';

/** What a browser keeps for a site while its pages come and go. */
export class PageStorage {
  private readonly kept = new Map<string, StoredSend>();
  /** Names of messages that a user sent again on purpose. */
  readonly retried = new Set<string>();

  /** The storage as one page has it: from when the page `isGone`, what it still does is without effect. */
  open(isGone: () => boolean): OutboxStorage {
    return {
      load: async () => structuredClone([...this.kept.values()]),
      save: async (send) => {
        if (!isGone()) this.kept.set(send.id, structuredClone(send));
      },
      remove: async (id) => {
        if (!isGone()) this.kept.delete(id);
      },
    };
  }
}
