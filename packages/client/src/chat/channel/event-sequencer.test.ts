import type { Position } from '@wirepact/protocol';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createJournal, messageId } from '../../../test/journal';
import { createChannelModel, toView } from './channel-model';
import { reduceChannel } from './channel-reducer';
import type { DurableEvent } from './durable-event';
import { EventSequencer } from './event-sequencer';

const EPOCH = 'one';
const cleared = (seq: number | undefined, epoch = EPOCH): DurableEvent => ({
  event: 'channelCleared',
  payload: { channelId: messageId(0), ...(seq !== undefined && { seq, epoch }) },
});

/** A sequencer that stands at a position, and what it has applied. */
function start(seq: number, maxHeld?: number) {
  const applied: (number | undefined)[] = [];
  const state: { position: Position | undefined } = { position: { epoch: EPOCH, seq } };
  const onGap = vi.fn();
  const sequencer = new EventSequencer({
    position: () => state.position,
    apply({ payload }) {
      applied.push(payload.seq);
      const { epoch = '', seq: at } = payload;
      if (at !== undefined) state.position = { epoch, seq: Math.max(at, state.position?.seq ?? 0) };
    },
    onGap,
    ...(maxHeld !== undefined && { maxHeld }),
  });
  const accept = (...seqs: (number | undefined)[]) => {
    for (const one of seqs) sequencer.accept(cleared(one));
  };
  return { applied, onGap, sequencer, accept, state };
}

test('events in order are passed on at once, those without a number always', () => {
  const { applied, onGap, sequencer, accept } = start(4);
  accept(undefined, 5);
  expect(applied).toEqual([undefined]);
  sequencer.pause();
  sequencer.resume();
  accept(5, 6, undefined, 7);
  expect(applied).toEqual([undefined, 5, 6, undefined, 7]);
  expect(onGap).not.toHaveBeenCalled();
});

test('what comes after a gap is held, and the gap is told once', () => {
  const { applied, onGap, sequencer, accept } = start(4);
  sequencer.resume();
  accept(5, 8, 9, 10);
  expect(onGap).toHaveBeenCalledOnce();
  sequencer.pause();
  // The replay, and what happens during it.
  accept(6, 11, 8, 9, 10, 11);
  sequencer.applyUpTo({ epoch: EPOCH, seq: 10 });
  sequencer.resume();
  expect(applied).toEqual([5, 6, 8, 9, 10, 11]);
  expect(onGap).toHaveBeenCalledOnce();
  accept(12, 14);
  expect(onGap).toHaveBeenCalledTimes(2);
});

test('an event of another epoch is a gap; held ones of another epoch are dropped', () => {
  const { applied, onGap, sequencer, state } = start(4);
  sequencer.resume();
  sequencer.accept(cleared(5, 'two'));
  expect(onGap).toHaveBeenCalledOnce();
  sequencer.pause();
  for (const event of [cleared(5), cleared(2, 'two')]) sequencer.accept(event);
  state.position = { epoch: 'two', seq: 1 };
  sequencer.resume();
  expect(applied).toEqual([2]);
});

test('what is held is bounded, and the sequencer knows when it dropped something', () => {
  const { applied, onGap, sequencer, accept } = start(0, 3);
  accept(1, 2, 3);
  expect(sequencer.isWhole).toBe(true);
  accept(4);
  expect(sequencer.isWhole).toBe(false);
  sequencer.resume();
  expect(applied).toEqual([]);
  expect(onGap).toHaveBeenCalledOnce();
  sequencer.pause();
  expect(sequencer.isWhole).toBe(true);
});

test('any journal, however it arrives, comes out in order once the gaps are asked for', () => {
  fc.assert(
    fc.property(createJournal(), fc.infiniteStream(fc.nat(50)), (journal, choices) => {
      let model = createChannelModel(1000);
      model = reduceChannel(model, { type: 'entered', position: { epoch: journal.epoch, seq: 0 } });
      let gap = false;
      const sequencer = new EventSequencer({
        position: () => model.position,
        apply: (event) => {
          model = reduceChannel(model, { type: 'event', event });
        },
        onGap: () => {
          gap = true;
        },
      });
      sequencer.resume();
      /** The server sends what was missed, as far as it still has it, and some of what happens, in any order. */
      const resync = () => {
        sequencer.pause();
        const seq = model.position?.seq ?? 0;
        const there = new Set(journal.listAt(journal.seq).map(({ id }) => id));
        const replay = journal.events
          .slice(seq)
          .filter(({ event, payload }) => event !== 'messageBroadcast' || there.has(payload.id));
        for (const event of [...replay.slice(choices.next().value), ...replay]) sequencer.accept(event);
        sequencer.applyUpTo(journal);
        model = reduceChannel(model, { type: 'entered', position: journal });
        gap = false;
        sequencer.resume();
      };
      for (let steps = 0; steps < 60 && !gap; steps += 1) {
        const event = journal.events[choices.next().value % Math.max(1, journal.seq)];
        if (event) sequencer.accept(event);
      }
      resync();
      expect(gap).toBe(false);
      const ids = toView(model).messages.map(({ id }) => id);
      expect(ids).toEqual(journal.listAt(journal.seq).map(({ id }) => id));
    }),
    { numRuns: 300 },
  );
});
