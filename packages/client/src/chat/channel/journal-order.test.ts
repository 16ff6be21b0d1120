import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createJournal } from '../../../test/journal';
import {
  acceptEvent,
  beginEntering,
  finishEntering,
  NEW_CHANNEL,
  type Position,
  type Step,
  toPosition,
} from '../../runtime/channel/channel-machine';
import { changeChannel, enter, takeEvent } from './channel-changes';
import { type DurableEvent, toDurableEvent } from './channel-events';
import { createChannelModel, toView } from './channel-model';

test('any journal, however it arrives, comes out in order once the gaps are asked for', () => {
  fc.assert(
    fc.property(createJournal(), fc.infiniteStream(fc.nat(50)), (journal, choices) => {
      let model = createChannelModel(1000);
      model = changeChannel(model, enter({ epoch: journal.epoch, seq: 0 }));
      let gap = false;
      let machine = NEW_CHANNEL;
      const follow = ([next, effects]: Step, at?: Position) => {
        machine = next;
        for (const effect of effects) {
          const event = effect.type === 'apply' && toDurableEvent(effect.event);
          if (event) model = changeChannel(model, takeEvent(event));
          if (effect.type === 'entered') model = changeChannel(model, enter(at));
          if (effect.type === 'gap') gap = true;
        }
      };
      const accept = (event: DurableEvent) =>
        follow(acceptEvent(machine, { ...event, at: toPosition(event.payload) }, model.position));
      const entered = (at: Position | undefined) => follow(finishEntering(machine, at, model.position), at);
      entered(model.position);
      /** The server sends what was missed, as far as it still has it, and some of what happens, in any order. */
      const resync = () => {
        machine = beginEntering(machine);
        const seq = model.position?.seq ?? 0;
        const there = new Set(journal.listAt(journal.seq).map(({ id }) => id));
        const replay = journal.events
          .slice(seq)
          .filter(({ event, payload }) => event !== 'messageBroadcast' || there.has(payload.id));
        for (const event of [...replay.slice(choices.next().value), ...replay]) accept(event);
        gap = false;
        entered(journal);
      };
      for (let steps = 0; steps < 60 && !gap; steps += 1) {
        const event = journal.events[choices.next().value % Math.max(1, journal.seq)];
        if (event) accept(event);
      }
      resync();
      expect(gap).toBe(false);
      const ids = toView(model, 'joined').messages.map(({ id }) => id);
      expect(ids).toEqual(journal.listAt(journal.seq).map(({ id }) => id));
    }),
    { numRuns: 300 },
  );
});
