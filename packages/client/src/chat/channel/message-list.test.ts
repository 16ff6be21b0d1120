import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageId } from '../../../test/journal';
import type { ViewMessage } from './channel-view';
import { MessageList } from './message-list';

const message = (number: number): ViewMessage => ({
  ...{ key: messageId(number), id: messageId(number), text: `m${number}`, status: 'sent', createdAt: number },
  ...{ roomId: '', serverId: '', senderId: 'me', senderName: 'Me' },
  ...(number % 2 === 0 && { clientMessageId: `own ${number}` }),
});
const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => message(from + index));

type Step = { readonly kind: 'append' | 'remove' | 'keepLast'; readonly pick: number; readonly from: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { arbitrary: fc.constant('append' as const), weight: 6 },
    { arbitrary: fc.constantFrom('remove' as const, 'keepLast' as const), weight: 4 },
  ),
  pick: fc.nat(200),
  // Mostly the newest list; sometimes an older one, which others were made from.
  from: fc.oneof({ arbitrary: fc.constant(0), weight: 9 }, { arbitrary: fc.nat(5), weight: 1 }),
});

/** The same with an array. */
function apply(messages: readonly ViewMessage[], { kind, pick }: Step, next: ViewMessage) {
  if (kind === 'append') return [...messages, next];
  if (kind === 'keepLast') return messages.slice(-pick - 1);
  return messages.filter((_, index) => index !== pick % messages.length);
}

function applyToList(list: MessageList, { kind, pick }: Step, next: ViewMessage): MessageList {
  if (kind === 'append') return list.append(next);
  if (kind === 'keepLast') return list.keepLast(pick + 1);
  const picked = list.toArray()[pick % list.size];
  return picked ? list.remove(picked) : list;
}

test('[D5] a list is what an array would be, and stays it whatever is made from it', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.array(step, { maxLength: 200 }), (length, steps) => {
      const states = [{ list: MessageList.of(range(0, length)), array: range(0, length) }];
      steps.forEach((one, index) => {
        const state = states.at(-1 - one.from) ?? states[0];
        if (!state) return;
        const next = message(1000 + index);
        const list = applyToList(state.list, one, next);
        states.push({ list, array: [...apply(state.array, one, next)] });
      });
      for (const { list, array } of states) {
        expect(list.toArray()).toEqual(array);
        expect([list.size, list.first, list.last]).toEqual([array.length, array[0], array.at(-1)]);
        for (const { id, clientMessageId } of [...range(0, 3), ...array.slice(-3), message(1000)]) {
          expect(list.find(id)).toEqual(array.find((one) => one.id === id));
          if (clientMessageId === undefined) continue;
          const own = array.find((one) => one.clientMessageId === clientMessageId);
          expect(list.findOwn(clientMessageId)).toEqual(own);
        }
        expect(list.findOwn(undefined)).toBeUndefined();
      }
    }),
    { numRuns: 100 },
  );
});

test('[D5] a list gives the same array until it is another list', () => {
  const list = MessageList.of(range(0, 10));
  expect(list.toArray()).toBe(list.toArray());
  expect(list.keepLast(10)).toBe(list);
  expect(list.append(message(10)).toArray()).not.toBe(list.toArray());
});

test('[D5] what was removed from a list, or left behind, is kept by none', () => {
  let list = MessageList.of([]);
  for (const one of range(0, 10_000)) list = list.append(one).keepLast(100);
  const slots = () => JSON.stringify(list).length / JSON.stringify(message(5000)).length;
  // Twice what is in the list, and what it has besides.
  expect(slots()).toBeLessThan(2 * 100 + 100);
  for (const one of list.toArray()) list = list.remove(one);
  expect(slots()).toBeLessThan(100);
  expect(list.first).toBeUndefined();
});
