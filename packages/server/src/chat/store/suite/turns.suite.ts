import { describe, expect, test } from 'vitest';
import type { Answer, StoredTurn } from '../../ports/turn-store';
import { CHANNEL, createStore, type OpenStore } from '../test-store';

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const NOTHING: Answer = { text: '', tools: [], actions: [], attachments: [] };

const turn = (number = 1, fields: Partial<StoredTurn> = {}): StoredTurn => ({
  ...{
    channelId: CHANNEL,
    epoch: id(1),
    messageId: id(number),
    serverId: id(0),
    agentId: id(9),
    senderName: 'El\u0000iza',
  },
  inReplyToMessageId: id(100 + number),
  answer: NOTHING,
  ...fields,
});

const claim = (number: number, owner: string, fields: object = {}) => ({
  channelId: CHANNEL,
  messageId: id(number),
  owner,
  ...fields,
});

/** What every store does with turns under way. */
export function describeTurns(name: string, openStore: OpenStore): void {
  describe(`${name}: turns under way`, () => {
    test('are kept until they end, with what was said so far', async () => {
      const { turns } = await createStore(openStore);
      await turns.begin(turn(), 'one');
      expect(await turns.get(CHANNEL, id(1))).toEqual(turn());
      const answer = {
        ...NOTHING,
        text: 'half \ud83d \u0000"',
        tools: [{ id: 't', name: 'search', input: { q: 1 } }],
      };
      expect(await turns.renew([claim(1, 'one', { answer }), claim(2, 'one')])).toEqual(['going', 'gone']);
      expect(await turns.renew([claim(1, 'one')])).toEqual(['going']);
      expect(await turns.get(CHANNEL, id(1))).toEqual(turn(1, { answer }));
      await turns.end(CHANNEL, id(1));
      expect(await turns.get(CHANNEL, id(1))).toBeUndefined();
      expect(await turns.renew([claim(1, 'one')])).toEqual(['gone']);
      await turns.end(CHANNEL, id(1));
    });

    test('are listed with who cares for them, the oldest first and so many at most', async () => {
      const { turns } = await createStore(openStore);
      for (const number of [1, 2, 3]) await turns.begin(turn(number), 'one');
      await turns.renew([claim(2, 'one')]);
      expect(await turns.listOthers('two', 2)).toEqual([
        { ...claim(1, 'one'), beat: 0 },
        { ...claim(2, 'one'), beat: 1 },
      ]);
      expect(await turns.listOthers('one', 9)).toEqual([]);
    });

    test('belong to one process at a time: of two that take one, one has it', async () => {
      const { turns } = await createStore(openStore);
      await turns.begin(turn(), 'dead');
      const taken = await Promise.all(
        ['one', 'two'].map((next) => turns.renew([claim(1, 'dead', { beat: 0, next })])),
      );
      expect(taken.flat().toSorted()).toEqual(['going', 'gone']);
      expect(await turns.renew([claim(1, 'dead')])).toEqual(['gone']);
      const winner = taken[0]?.[0] === 'going' ? 'one' : 'two';
      expect(await turns.renew([claim(1, winner)])).toEqual(['going']);
    });

    test('are not taken from who has said meanwhile that it cares', async () => {
      const { turns } = await createStore(openStore);
      await turns.begin(turn(), 'slow');
      await turns.renew([claim(1, 'slow')]);
      expect(await turns.renew([claim(1, 'slow', { beat: 0, next: 'other' })])).toEqual(['gone']);
      expect(await turns.renew([claim(1, 'slow')])).toEqual(['going']);
    });

    test('hear that somebody has asked for their end, once', async () => {
      const { turns } = await createStore(openStore);
      await turns.begin(turn(), 'one');
      expect(await turns.cancel(CHANNEL, id(2))).toBe(false);
      expect(await turns.cancel(CHANNEL, id(1))).toBe(true);
      expect(await turns.cancel(CHANNEL, id(1))).toBe(false);
      expect(await turns.renew([claim(1, 'one')])).toEqual(['cancelled']);
    });
  });
}
