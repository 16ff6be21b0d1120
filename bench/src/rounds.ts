import type { Variant } from './variant';

/** How rounds are run. */
export interface RoundsOptions<Sample> {
  readonly title: string;
  readonly variants: readonly Variant[];
  readonly warmUps: number;
  readonly rounds: number;
  /** Measures a variant once. */
  readonly measure: (variant: Variant) => Promise<Sample>;
}

const progress = (text: string) => process.stderr.write(`${text}\n`);

/**
 * Measures every variant once a round, in an order that turns round by round, so that whatever slows the
 * machine down for a while meets all of them. Samples of warm-up rounds are not kept.
 */
export async function runRounds<Sample>(options: RoundsOptions<Sample>): Promise<Map<Variant, Sample[]>> {
  const { title, variants, warmUps, rounds, measure } = options;
  const samples = new Map<Variant, Sample[]>(variants.map((variant) => [variant, []]));
  for (let round = -warmUps; round < rounds; round += 1) {
    const order = round % 2 === 0 ? variants : [...variants].reverse();
    for (const variant of order) {
      const sample = await measure(variant);
      if (round >= 0) samples.get(variant)?.push(sample);
    }
    progress(`${title}: ${round < 0 ? 'warm-up' : `round ${round + 1} of ${rounds}`}`);
  }
  return samples;
}

/** One number of every sample. */
export function pick<Sample>(
  samples: ReadonlyMap<Variant, readonly Sample[]>,
  read: (sample: Sample) => number,
): Map<Variant, number[]> {
  return new Map([...samples].map(([variant, list]) => [variant, list.map(read)]));
}
