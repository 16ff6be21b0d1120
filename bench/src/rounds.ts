/** How rounds are run. */
export interface RoundsOptions<Subject, Sample> {
  readonly title: string;
  readonly subjects: readonly Subject[];
  readonly warmUps: number;
  readonly rounds: number;
  /** Measures a subject once. */
  readonly measure: (subject: Subject) => Promise<Sample>;
}

/** Says on standard error how far the run is. */
export const progress = (text: string) => process.stderr.write(`${text}\n`);

/**
 * Measures every subject once a round, in an order that turns round by round, so that whatever slows the
 * machine down for a while meets all of them. Samples of warm-up rounds are not kept.
 */
export async function runRounds<Subject, Sample>(
  options: RoundsOptions<Subject, Sample>,
): Promise<Map<Subject, Sample[]>> {
  const { title, subjects, warmUps, rounds, measure } = options;
  const samples = new Map<Subject, Sample[]>(subjects.map((subject) => [subject, []]));
  for (let round = -warmUps; round < rounds; round += 1) {
    const order = round % 2 === 0 ? subjects : [...subjects].reverse();
    for (const subject of order) {
      const sample = await measure(subject);
      if (round >= 0) samples.get(subject)?.push(sample);
    }
    progress(`${title}: ${round < 0 ? 'warm-up' : `round ${round + 1} of ${rounds}`}`);
  }
  return samples;
}

/** One number of every sample. */
export function pick<Subject, Sample>(
  samples: ReadonlyMap<Subject, readonly Sample[]>,
  read: (sample: Sample) => number,
): Map<Subject, number[]> {
  return new Map([...samples].map(([subject, list]) => [subject, list.map(read)]));
}
