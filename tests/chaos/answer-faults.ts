import { randomUUID } from 'node:crypto';
import type { Store } from '@wirepact/server';
import type { MakeDefect } from './faults';
import { withTurns } from './with-turns';

/** One of so many answers meets what happens to few. */
const FEW = 5;

const isAnswer = ({ source }: { readonly source: string }) => source === 'agent_response';

/** Does not forget the turn of one of so many answers, which has ended and is told. */
export const neverEnds: MakeDefect = (store, meet) => {
  let count = 0;
  return withTurns(store, {
    async end(channelId, messageId) {
      count += 1;
      if (count % FEW === 0) meet();
      else await store.turns.end(channelId, messageId);
    },
  });
};

/** Does not look for turns whose process is gone. */
export const leavesLostTurns: MakeDefect = (store, meet) =>
  withTurns(store, {
    async listOthers(owner, limit) {
      const lost = await store.turns.listOthers(owner, limit);
      if (lost.length > 0) meet();
      return [];
    },
  });

/** Does something else with one of so many answers than keeping it. */
const insteadOfSome =
  (
    keep: (store: Store, answer: Parameters<Store['appendMessage']>[0]) => ReturnType<Store['appendMessage']>,
  ): MakeDefect =>
  (store, meet) => {
    let count = 0;
    return {
      ...store,
      async appendMessage(message) {
        count += isAnswer(message) ? 1 : 0;
        if (!isAnswer(message) || count % FEW !== 0) return store.appendMessage(message);
        meet();
        return keep(store, message);
      },
    };
  };

/** Keeps one of so many answers a second time, as another message. */
export const answersTwice: MakeDefect = insteadOfSome(async (store, answer) => {
  await store.appendMessage(answer);
  return store.appendMessage({ ...answer, id: randomUUID(), clientMessageId: undefined });
});

/** Says of one of so many answers that its channel is gone. */
export const losesAnswers: MakeDefect = insteadOfSome(async () => undefined);
