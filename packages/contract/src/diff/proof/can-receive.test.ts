import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isAccepted } from '../testing/is-sent';
import { mutatePlaced, randomMutation } from '../testing/mutations';
import { samplePayloads } from '../testing/payloads';
import { randomPlacedSchema } from '../testing/random-schemas';
import { canReceive } from './can-receive';

const RUNS = Number(process.env.RUNS ?? 3000);
const SEED = Number(process.env.SEED ?? 1);

it('never takes for compatible what a receiver refuses', () => {
  const seen = { compatible: 0, payloads: 0, refused: 0, undecided: 0 };
  fc.assert(
    fc.property(
      randomPlacedSchema,
      fc.array(randomMutation, { minLength: 0, maxLength: 2 }),
      fc.nat(),
      (before, changes, seed) => {
        const after = changes.reduce(mutatePlaced, before);
        const payloads = samplePayloads(before, 40, seed);
        const refused = payloads.filter((payload) => !isAccepted(after, payload));
        if (canReceive(after, before)) {
          seen.compatible += 1;
          seen.payloads += payloads.length;
          if (refused.length > 0)
            throw new Error(
              `refused ${JSON.stringify(refused[0])}\n${JSON.stringify(before)}\n${JSON.stringify(after)}`,
            );
        } else if (refused.length > 0) seen.refused += 1;
        else {
          seen.undecided += 1;
          if (process.env.SHOW && payloads.length > 15)
            console.log(JSON.stringify(before.schema), JSON.stringify(after.schema));
        }
      },
    ),
    { numRuns: RUNS, seed: SEED },
  );
  console.log(seen);
  expect(seen.compatible).toBeGreaterThan(RUNS / 10);
}, 300_000);
