import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffContracts } from './diff';
import type { PlacedSchema } from './proof/can-receive';
import { documentWith } from './testing/test-documents';
import { isAccepted } from './testing/test-is-sent';
import { isSound } from './testing/test-is-sound';
import { mutatePlaced, randomMutation } from './testing/test-mutations';
import { samplePayloads } from './testing/test-payloads';
import { randomPlacedSchema } from './testing/test-random-schemas';

const PAIRS = Number(process.env.WIREPACT_PAIRS ?? 200);
const PAYLOADS = 30;

const refused = (receiver: PlacedSchema, sender: PlacedSchema, seed: number) =>
  samplePayloads(sender, PAYLOADS, seed).find((payload) => !isAccepted(receiver, payload));

const changes = fc.array(randomMutation, { minLength: 1, maxLength: 2 });

describe.each(['client', 'server'] as const)('random changes of what the %s sends', (sender) => {
  it('are breaking wherever an old client and a new server refuse what the other sends', () => {
    const seen = { major: 0, minor: 0, patch: 0, none: 0 };
    fc.assert(
      fc.property(randomPlacedSchema, changes, fc.nat(), (before, mutations, seed) => {
        const after = mutations.reduce(mutatePlaced, before);
        fc.pre(isSound(after));
        const { bump } = diffContracts(documentWith(sender, before), documentWith(sender, after));
        seen[bump] += 1;
        if (bump === 'major') return;
        const [old, fresh] = sender === 'client' ? [before, after] : [after, before];
        expect(refused(fresh, old, seed)).toBeUndefined();
        if (bump === 'minor') return;
        expect(refused(old, fresh, seed)).toBeUndefined();
      }),
      { numRuns: PAIRS, seed: 11 },
    );
    // Both ends are met often enough for this to say something.
    expect(seen.major).toBeGreaterThan(PAIRS / 20);
    expect(seen.minor + seen.patch + seen.none).toBeGreaterThan(PAIRS / 20);
  });
});
