import { WirepactError } from '@wirepact/contract/runtime';
import type { BroadcastMessage } from '@wirepact/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJournal, type Journal, messageId } from '../../../test/journal';
import { addPage, changeChannel, enter, failPage, requestPage, reset, takeEvent } from './channel-changes';
import type { DurableEvent } from './channel-events';
import {
  type ChannelChange,
  type ChannelModel,
  createChannelModel,
  maxWindow,
  toView,
} from './channel-model';
import type { ViewMessage } from './channel-view';
import { acknowledge, discard, fail, queue } from './outgoing-changes';

const EPOCH = 'one';
const viewOf = (model: ChannelModel) => toView(model, 'joined');
const EMPTY_CHANNEL = createChannelModel(1000);
const reduce = (model: ChannelModel, ...actions: ChannelChange[]) => actions.reduce(changeChannel, model);
const entered = (seq: number, epoch = EPOCH) => enter({ epoch, seq });
const after = (seq: number) => reduce(EMPTY_CHANNEL, entered(seq));

const message = (seq: number, fields: Partial<BroadcastMessage> = {}): BroadcastMessage => ({
  ...{ id: messageId(seq), senderId: 'user-1', senderName: 'One', text: `m${seq}`, roomId: messageId(0) },
  ...{ serverId: messageId(0), createdAt: seq, source: 'test', seq, epoch: EPOCH },
  ...fields,
});
const broadcast = (seq: number, fields: Partial<BroadcastMessage> = {}) =>
  takeEvent({ event: 'messageBroadcast', payload: message(seq, fields) });
const event = <Name extends Exclude<DurableEvent['event'], 'messageBroadcast'>>(
  name: Name,
  payload: Omit<Extract<DurableEvent, { event: Name }>['payload'], 'channelId'>,
) => takeEvent({ event: name, payload: { channelId: messageId(0), ...payload } });
const own = (clientMessageId: string, text = clientMessageId): ViewMessage => ({
  ...{ key: clientMessageId, clientMessageId, text, status: 'pending', createdAt: 1 },
  ...{ roomId: messageId(0), serverId: messageId(0), senderId: 'me', senderName: 'Me' },
});
const queued = (clientMessageId: string) => queue(own(clientMessageId));
const sent = (clientMessageId: string, seq: number | undefined, epoch = EPOCH) => {
  const place = seq !== undefined && { seq, epoch };
  return acknowledge(clientMessageId, { messageId: messageId(seq ?? 99), createdAt: 2, ...place });
};
const failed = (clientMessageId: string) => fail(clientMessageId, new WirepactError('FORBIDDEN', 'No.'));
const texts = (model: ChannelModel) =>
  viewOf(model).messages.map(({ text, status }) => (status === 'sent' ? text : `${text} ${status}`));

describe('events', () => {
  test('are applied in order', () => {
    const model = reduce(
      after(4),
      broadcast(5),
      broadcast(6),
      event('messageDeleted', { messageId: messageId(5), seq: 7, epoch: EPOCH }),
      event('channelUpdated', { updates: { name: 'New', topic: 'a' }, seq: 8, epoch: EPOCH }),
      event('channelUpdated', { updates: { topic: 'b' }, seq: 9, epoch: EPOCH }),
    );
    expect(texts(model)).toEqual(['m6']);
    expect(viewOf(model)).toMatchObject({
      properties: { name: 'New', topic: 'b' },
      position: { epoch: EPOCH, seq: 9 },
      hasOlder: true,
    });
  });

  test('that were applied, or are of another epoch, change nothing', () => {
    const model = reduce(after(4), broadcast(5), broadcast(6));
    const late = [broadcast(5, { text: 'again' }), broadcast(4), broadcast(7, { epoch: 'other' })];
    for (const action of [...late, event('channelCleared', { seq: 3, epoch: EPOCH })])
      expect(changeChannel(model, action)).toBe(model);
  });

  test('of a channel that is cleared or deleted leave nothing of the server’s', () => {
    const model = reduce(after(4), broadcast(5), queued('mine'));
    const cleared = reduce(model, event('channelCleared', { seq: 6, epoch: EPOCH }));
    expect(texts(cleared)).toEqual(['mine pending']);
    expect(viewOf(cleared).hasOlder).toBe(false);
    const deleted = reduce(model, event('channelDeleted', { seq: 6, epoch: EPOCH }));
    expect(viewOf(deleted)).toMatchObject({ hasOlder: false });
  });

  test('without numbers are applied as they come', () => {
    const bare = { seq: undefined, epoch: undefined };
    const model = reduce(
      EMPTY_CHANNEL,
      enter(undefined),
      broadcast(2, bare),
      broadcast(1, bare),
      broadcast(2, bare),
      event('messageDeleted', { messageId: messageId(2) }),
      broadcast(3, bare),
    );
    expect(texts(model)).toEqual(['m1', 'm3']);
    expect(viewOf(model)).toMatchObject({ position: undefined, hasOlder: false });
  });
});

describe('own messages', () => {
  test('come after the stored ones, in the order they are sent, and then to their place with their key', () => {
    const waiting = reduce(after(4), queued('a'), queued('b'), broadcast(5));
    expect(texts(waiting)).toEqual(['m5', 'a pending', 'b pending']);
    const told = reduce(waiting, broadcast(6, { clientMessageId: 'a', text: 'a' }));
    expect(texts(told)).toEqual(['m5', 'a', 'b pending']);
    const model = reduce(told, sent('a', 6));
    expect(texts(model)).toEqual(['m5', 'a', 'b pending']);
    expect(viewOf(model).messages[1]).toMatchObject({ key: 'a', id: messageId(6), seq: 6 });
  });

  test('that are acknowledged first wait for their event at the end', () => {
    const model = reduce(after(4), queued('a'), queued('b'), sent('a', 6));
    expect(viewOf(model).messages[0]).toMatchObject({
      status: 'sent',
      id: messageId(6),
      key: 'a',
      createdAt: 2,
    });
    const stored = reduce(model, broadcast(5), broadcast(6, { text: 'a' }));
    expect(texts(stored)).toEqual(['m5', 'a', 'b pending']);
    expect(viewOf(stored).messages[1]).toMatchObject({ key: 'a', clientMessageId: 'a' });
  });

  test('that turn out to be stored under the server’s id are shown once', () => {
    const model = reduce(after(4), queued('a'), broadcast(5, { text: 'a' }), sent('a', 5));
    expect(texts(model)).toEqual(['a']);
    expect(viewOf(model).messages[0]).toMatchObject({ clientMessageId: 'a', status: 'sent' });
    expect(changeChannel(model, queued('a'))).toBe(model);
  });

  test('that are on their way stay where another message is deleted', () => {
    const model = reduce(after(4), broadcast(5), queued('a'));
    const deleted = event('messageDeleted', { messageId: messageId(5), seq: 6, epoch: EPOCH });
    expect(texts(reduce(model, deleted))).toEqual(['a pending']);
  });

  test('that were deleted before they were seen do not stay', () => {
    const behind = reduce(after(4), queued('a'), sent('a', 5), entered(7));
    expect(texts(behind)).toEqual([]);
    expect(texts(reduce(after(4), queued('a'), sent('a', 5), broadcast(6)))).toEqual(['m6']);
    expect(texts(reduce(after(9), queued('a'), sent('a', 5)))).toEqual([]);
    expect(texts(reduce(after(9), queued('a'), sent('a', 1, 'another life')))).toEqual(['a']);
  });

  test('fail, wait again behind the others, and are discarded', () => {
    const model = reduce(after(0), queued('a'), queued('b'), failed('a'));
    expect(texts(model)).toEqual(['a failed', 'b pending']);
    expect(viewOf(model).messages[0]?.error?.code).toBe('FORBIDDEN');
    const again = reduce(model, queued('a'));
    expect(texts(again)).toEqual(['b pending', 'a pending']);
    expect(viewOf(again).messages[1]).not.toHaveProperty('error');
    expect(texts(reduce(model, discard('a')))).toEqual(['b pending']);
    for (const action of [failed('x'), sent('x', 3)]) expect(changeChannel(model, action)).toBe(model);
  });

  test('are stored with their receipt where the server has no numbers', () => {
    const model = reduce(EMPTY_CHANNEL, queued('a'), queued('b'), sent('a', undefined));
    expect(texts(model)).toEqual(['a', 'b pending']);
    const bare = { id: messageId(99), seq: undefined, epoch: undefined, text: 'a' };
    expect(texts(reduce(model, broadcast(1, bare)))).toEqual(['a', 'b pending']);
    const numbered = reduce(model, broadcast(7, { id: messageId(99), text: 'a' }));
    expect(viewOf(numbered).messages[0]).toMatchObject({ key: 'a', clientMessageId: 'a', seq: 7 });
  });
});

describe('history', () => {
  const page = (load: number, seqs: number[], hasMore = true, epoch = EPOCH) =>
    addPage(load, { epoch, seq: 0, hasMore, messages: seqs.map((seq) => message(seq)) });

  test('is put before what is known', () => {
    const model = reduce(after(10), broadcast(11), requestPage(1), broadcast(12), page(1, [8, 10]));
    expect(texts(model)).toEqual(['m8', 'm10', 'm11', 'm12']);
    expect(viewOf(model)).toMatchObject({ hasOlder: true, loading: false });
    const whole = reduce(model, requestPage(2), page(2, [2], false));
    expect(texts(whole)).toEqual(['m2', 'm8', 'm10', 'm11', 'm12']);
    expect(viewOf(whole).hasOlder).toBe(false);
  });

  test('does not bring back what was deleted or cleared while it was loaded', () => {
    const loading = reduce(after(10), requestPage(1));
    expect(viewOf(loading).loading).toBe(true);
    const gone = event('messageDeleted', { messageId: messageId(8), seq: 11, epoch: EPOCH });
    expect(texts(reduce(loading, gone, page(1, [7, 8])))).toEqual(['m7']);
    const cleared = event('channelCleared', { seq: 11, epoch: EPOCH });
    expect(texts(reduce(loading, cleared, page(1, [7, 8])))).toEqual([]);
    const withoutNumbers = reduce(EMPTY_CHANNEL, enter(undefined), requestPage(1));
    expect(texts(reduce(withoutNumbers, event('channelCleared', {}), page(1, [7, 8])))).toEqual([]);
  });

  test('that no longer fits is left out', () => {
    const loading = reduce(after(10), broadcast(11), requestPage(1));
    const anew = reset({ epoch: EPOCH, seq: 50 }, { messages: [message(49)], hasMore: true });
    expect(viewOf(reduce(loading, anew)).loading).toBe(false);
    expect(texts(reduce(loading, anew, page(1, [9, 10])))).toEqual(['m49']);
    expect(texts(reduce(loading, page(1, [9], true, 'other')))).toEqual(['m11']);
    expect(texts(reduce(loading, page(2, [9])))).toEqual(['m11']);
  });

  test('with a message that waits to be sent again shows it once, as stored', () => {
    const mine = message(9, { clientMessageId: 'a', text: 'a', senderId: 'me' });
    const waiting = reduce(after(10), queued('a'), queued('b'));
    const loaded = addPage(1, { epoch: EPOCH, seq: 10, messages: [mine], hasMore: false });
    const model = reduce(waiting, requestPage(1), loaded);
    expect(texts(model)).toEqual(['a', 'b pending']);
    expect(viewOf(model).messages[0]).toMatchObject({ key: 'a', clientMessageId: 'a', seq: 9 });
    expect(texts(reduce(model, sent('a', 9), failed('a')))).toEqual(['a', 'b pending']);
    const anew = reset({ epoch: EPOCH, seq: 10 }, { messages: [mine], hasMore: false });
    expect(texts(reduce(waiting, anew))).toEqual(['a', 'b pending']);
  });

  test('that fails says why until one succeeds', () => {
    const error = new WirepactError('FORBIDDEN', 'No.');
    const model = reduce(after(10), requestPage(1), failPage(1, error));
    expect(viewOf(model)).toMatchObject({ loading: false, loadError: error });
    expect(viewOf(reduce(model, requestPage(2), page(2, [9])))).not.toHaveProperty('loadError');
    expect(changeChannel(model, failPage(1, error))).toBe(model);
  });

  test('read anew takes the place of what was known, and keeps what is on its way', () => {
    const known = reduce(after(4), broadcast(5), queued('a'), sent('a', 30), queued('b'));
    const messages = [message(30), message(31)];
    const same = reset({ epoch: EPOCH, seq: 31 }, { messages, hasMore: true });
    expect(texts(reduce(known, same))).toEqual(['m30', 'm31', 'b pending']);
    const anew = reset({ epoch: 'two', seq: 0 }, { messages: [], hasMore: false });
    expect(texts(reduce(known, anew))).toEqual(['b pending']);
    expect(viewOf(reduce(known, anew)).hasOlder).toBe(false);
  });
});

describe('a view that is full', () => {
  const page = (seqs: number[], hasMore = true) =>
    addPage(1, { epoch: EPOCH, seq: 0, hasMore, messages: seqs.map((seq) => message(seq)) });
  const start = (maxMessages: number) => reduce(createChannelModel(maxMessages), entered(10));

  test('[D5] keeps the newest messages, and has older ones to load', () => {
    const model = reduce(start(2), broadcast(11), broadcast(12), broadcast(13), queued('a'));
    expect(texts(model)).toEqual(['m12', 'm13', 'a pending']);
    expect(viewOf(model).hasOlder).toBe(true);
    const loaded = reduce(model, requestPage(1), page([10, 11], false));
    expect(texts(loaded)).toEqual(['m10', 'm11', 'm12', 'm13', 'a pending']);
    expect(viewOf(loaded).hasOlder).toBe(false);
    expect(texts(reduce(loaded, broadcast(14)))).toEqual(['m11', 'm12', 'm13', 'm14', 'a pending']);
  });

  test('[D5] makes no room while older ones are loaded, and then does', () => {
    const loading = reduce(start(2), broadcast(11), broadcast(12), requestPage(1));
    const meanwhile = reduce(loading, broadcast(13), broadcast(14));
    expect(texts(reduce(meanwhile, page([9, 10])))).toEqual(['m9', 'm10', 'm11', 'm12', 'm13', 'm14']);
    const error = new WirepactError('FORBIDDEN', 'No.');
    const failure = failPage(1, error);
    expect(texts(reduce(meanwhile, failure))).toEqual(['m13', 'm14']);
  });

  test('[D5] holds ten times as many at most, whatever is loaded', () => {
    const older = Array.from({ length: 40 }, (_, index) => 71 + index);
    const model = reduce(createChannelModel(2), entered(110), broadcast(111), requestPage(1), page(older));
    expect(viewOf(model).messages).toHaveLength(20);
    expect(viewOf(model)).toMatchObject({ hasOlder: true });
    expect(model.from).toBe(viewOf(model).messages[0]?.seq);
  });

  test('[D5] shows so many own messages at most whose events do not come', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const model = ids.reduce(
      (before, id, index) => reduce(before, queued(id), sent(id, 100 + index)),
      start(2),
    );
    expect(texts(reduce(model, queued('e')))).toEqual(['c', 'd', 'e pending']);
  });

  test('[D5] gives the same array until a message changes', () => {
    const model = reduce(start(2), broadcast(11));
    const renamed = reduce(model, event('channelUpdated', { updates: { name: 'x' }, seq: 12, epoch: EPOCH }));
    expect(viewOf(renamed).messages).toBe(viewOf(model).messages);
    expect(viewOf(reduce(renamed, broadcast(13))).messages).not.toBe(viewOf(model).messages);
  });
});

describe('any journal', () => {
  /** What the server would show: every message from `from` on. */
  const expected = (journal: Journal, from: number) =>
    journal.listAt(journal.seq).filter(({ seq = 0 }) => seq >= from);

  test('gives the same view, whatever is doubled and however history is loaded meanwhile', () => {
    fc.assert(
      fc.property(
        createJournal(),
        fc.nat(),
        fc.infiniteStream(
          fc.record({ step: fc.nat(5), back: fc.nat(20), limit: fc.integer({ min: 1, max: 5 }) }),
        ),
        fc.constantFrom(0, 1, 2, 5, 1000),
        (journal, start, choices, maxMessages) => {
          const joinedAt = start % (journal.seq + 1);
          let model = reduce(createChannelModel(maxMessages), entered(joinedAt));
          let answer: { before: number; limit: number; readAt: number } | undefined;
          let loads = 0;
          while ((model.position?.seq ?? 0) < journal.seq || answer) {
            const { step, back, limit } = choices.next().value;
            const seq = model.position?.seq ?? 0;
            const next = journal.events[seq];
            const old = journal.events[Math.max(0, seq - 1 - back)];
            if (step === 0 && !answer) {
              loads += 1;
              model = changeChannel(model, requestPage(loads));
              // The server reads later than the client asks: what it has done meanwhile is still on its way.
              const readAt = Math.min(journal.seq, seq + back);
              answer = { before: model.page?.before ?? 1, limit, readAt };
            } else if (step === 1 && answer) {
              const { messages, hasMore } = journal.page(answer);
              const { epoch, seq } = journal;
              model = changeChannel(model, addPage(loads, { epoch, seq, messages, hasMore }));
              answer = undefined;
            } else if (step === 2 && old && seq > 0) {
              expect(changeChannel(model, takeEvent(old))).toBe(model);
            } else if (next) model = changeChannel(model, takeEvent(next));
          }
          const { messages, hasOlder } = viewOf(model);
          expect(messages.length).toBeLessThanOrEqual(loads > 0 ? maxWindow(model) : maxMessages);
          expect(messages.map(({ id }) => id)).toEqual(
            expected(journal, model.from ?? 1).map(({ id }) => id),
          );
          expect(new Set(messages.map(({ key }) => key)).size).toBe(messages.length);
          expect(messages.map(({ seq }) => seq)).toEqual(
            messages.map(({ seq = 0 }) => seq).sort((a, b) => a - b),
          );
          if (!hasOlder) expect(messages).toHaveLength(expected(journal, 0).length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
