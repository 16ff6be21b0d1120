import type { FormationName } from './fleet/formations';
import type { PageSubject } from './pages';
import type { EventCount } from './type-check/event-count';
import type { ContenderName } from './validation/contender';
import type { Variant } from './variant';

/** A channel by how much is in it, where that is what is compared. */
export type ChannelSize = 'large' | 'small';

/** A view by how many messages it shows. */
export type ViewLength = 'longView' | 'shortView';

/** Whatever has samples of its own. */
export type Subject =
  | Variant
  | ChannelSize
  | ViewLength
  | ContenderName
  | EventCount
  | PageSubject
  | FormationName
  | 'allowed';

/** A ratio to the baseline for whoever has to meet one. */
export type Goals = Partial<Record<Subject, number>>;

/** One thing that was measured, with a sample of every subject in every round. */
export interface Figure {
  /** What was done, such as `send → ack, 16 connections × 4 in flight`. */
  readonly title: string;
  /** What the samples count, such as `server CPU µs a message`. */
  readonly unit: string;
  readonly decimals: number;
  /** Whose ratio to the baseline is to be what at most, or at least where it is a rate; who is not in it is told of. */
  readonly goals?: Goals;
  /** More of it is better. How much there is depends on the load generator, too. */
  readonly isRate?: boolean;
  /** Of whose cost ours is to be a part, too: `RIVAL_GOAL`. */
  readonly rivals?: readonly Subject[];
  /** What the others are measured against. */
  readonly baseline: Subject;
  readonly samples: ReadonlyMap<Subject, readonly number[]>;
}

/** Ratios of a subject to another, round by round: noise that lasts longer than a round cancels out. */
export function ratiosTo({ samples }: Figure, baseline: Subject, subject: Subject): number[] {
  const base = samples.get(baseline) ?? [];
  return (samples.get(subject) ?? []).map((sample, round) => sample / (base[round] ?? Number.NaN));
}
