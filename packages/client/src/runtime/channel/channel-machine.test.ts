import { expect, test } from 'vitest';
import {
  acceptEvent,
  beginEntering,
  finishEntering,
  isBehind,
  isWhole,
  type JournalEvent,
  NEW_CHANNEL,
  type Position,
  type Step,
  stopPassing,
} from './channel-machine';

const EPOCH = 'one';
const moved = (seq: number | undefined, epoch = EPOCH): JournalEvent => ({
  event: 'cardMoved',
  payload: { seq },
  ...(seq !== undefined && { at: { epoch, seq } }),
});

/** A machine that stands at a position, and what it has applied. */
function start(seq: number | undefined) {
  const state = {
    machine: Object.freeze(NEW_CHANNEL),
    position: seq === undefined ? undefined : ({ epoch: EPOCH, seq } as Position | undefined),
  };
  const done: unknown[] = [];
  const follow = ([machine, effects]: Step, at?: Position) => {
    state.machine = Object.freeze(machine);
    for (const effect of effects) {
      done.push(effect.type === 'apply' ? (effect.event.at?.seq ?? 'unnumbered') : effect.type);
      if (effect.type === 'apply' && !isBehind(effect.event.at, state.position))
        state.position = effect.event.at ?? state.position;
      if (effect.type === 'entered' && !isBehind(at, state.position)) state.position = at;
    }
  };
  const accept = (event: JournalEvent) => follow(acceptEvent(state.machine, event, state.position));
  const acceptAll = (...seqs: (number | undefined)[]) => {
    for (const one of seqs) accept(moved(one));
  };
  const enter = () => follow([beginEntering(state.machine), []]);
  const stop = () => follow([stopPassing(state.machine), []]);
  const entered = (seq: number, epoch = EPOCH) =>
    follow(finishEntering(state.machine, { epoch, seq }, state.position), { epoch, seq });
  return { state, done, accept, acceptAll, enter, entered, stop };
}

test('events in order are passed on at once, those without a number always', () => {
  const { done, acceptAll, enter, entered } = start(4);
  acceptAll(undefined, 5);
  expect(done).toEqual(['unnumbered']);
  enter();
  entered(4);
  acceptAll(5, 5, 6, undefined, 7);
  expect(done).toEqual(['unnumbered', 'entered', 5, 6, 'unnumbered', 7]);
});

test('what comes after a gap is held, and the gap is told once', () => {
  const { done, acceptAll, enter, entered } = start(4);
  entered(4);
  acceptAll(5, 8, 9, 10);
  expect(done).toEqual(['entered', 5, 'gap']);
  enter();
  // The replay, which leaves out 7, and what happens during it.
  acceptAll(6, 11, 8, 9, 10, 11);
  entered(10);
  expect(done.slice(3)).toEqual([6, 8, 9, 10, 'entered', 11]);
  acceptAll(12, 14);
  expect(done.slice(9)).toEqual([12, 'gap']);
});

test('a gap in what was held is found as the channel is entered', () => {
  const { done, acceptAll, enter, entered } = start(4);
  acceptAll(5, 6, 8, 9);
  entered(6);
  expect(done).toEqual([5, 6, 'entered', 'gap']);
  enter();
  acceptAll(7, 8, 9);
  entered(9);
  expect(done.slice(4)).toEqual([7, 8, 9, 'entered']);
});

test('an event of another life of the journal is a gap; held ones of an earlier life are dropped', () => {
  const { done, state, accept, enter, entered } = start(4);
  entered(4);
  accept(moved(5, 'two'));
  expect(done).toEqual(['entered', 'gap']);
  enter();
  for (const event of [moved(5), moved(2, 'two')]) accept(event);
  // What is known was replaced by what is known of the other life.
  state.position = { epoch: 'two', seq: 1 };
  entered(1, 'two');
  expect(done.slice(2)).toEqual(['entered', 2]);
});

test('what is held is bounded, and the machine knows when it dropped something', () => {
  const { done, state, acceptAll, entered } = start(0);
  const at = { epoch: EPOCH, seq: 10_000 };
  const known = { epoch: EPOCH, seq: 0 };
  acceptAll(...Array.from({ length: 10_000 }, (_, index) => index + 1));
  expect(isWhole(state.machine, at, true, known)).toBe(true);
  expect(isWhole(state.machine, at, false, known)).toBe(false);
  expect(isWhole(state.machine, { ...at, epoch: 'two' }, true, known)).toBe(false);
  acceptAll(10_001);
  expect(isWhole(state.machine, at, true, known)).toBe(false);
  expect(isWhole(state.machine, known, undefined, known)).toBe(true);
  entered(0);
  expect(done).toEqual(['entered', 'gap']);
});

test('what is stopped passes nothing on', () => {
  const { done, acceptAll, stop, entered } = start(4);
  entered(4);
  acceptAll(5);
  stop();
  acceptAll(6);
  expect(done).toEqual(['entered', 5]);
});

test('an event of the life that is over says nothing, one of a life to come tells that much is missing', () => {
  const { state, done, accept, enter, entered } = start(4);
  enter();
  entered(4);
  enter();
  // What was known is replaced before.
  state.position = { epoch: 'two', seq: 1 };
  entered(1, 'two');
  accept(moved(5));
  expect(done).toEqual(['entered', 'entered']);
  accept(moved(2, 'two'));
  accept(moved(1, 'three'));
  expect(done).toEqual(['entered', 'entered', 2, 'gap']);
});
