import type { PageSubject } from './pages';
import type { FormationName } from './fleet/formations';
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

/** One thing that was measured, with a sample of every subject in every round. */
export interface Figure {
  /** What was done, such as `send → ack, 16 connections × 4 in flight`. */
  readonly title: string;
  /** What the samples count, such as `server CPU µs a message`. */
  readonly unit: string;
  readonly decimals: number;
  /** The ratio to the baseline that is to be met at most; left out where it is only informative. */
  readonly goal?: number;
  /** What the others are measured against. */
  readonly baseline: Subject;
  readonly samples: ReadonlyMap<Subject, readonly number[]>;
}

/** How much of plain Socket.IO's cost the chat server may have. */
export const GOAL_RATIO = 1.3;

/** The same where every message is on the disk before it is acknowledged, and plain Socket.IO keeps none. */
export const STORED_GOAL_RATIO = 2.2;

/** Ratios to the baseline, round by round: noise that lasts longer than a round cancels out. */
export function ratiosToBaseline({ samples, baseline }: Figure, subject: Subject): number[] {
  const base = samples.get(baseline) ?? [];
  return (samples.get(subject) ?? []).map((sample, round) => sample / (base[round] ?? Number.NaN));
}

/** How much longer a page of a large channel may take than one of a small channel. */
export const LIST_GOAL_RATIO = 2;

/** How much more a message may cost in a view of 30,000 than in one of 1,000. */
export const VIEW_GOAL_RATIO = 1.5;

/** How much more than a check written by hand an emitted one may take. */
export const VALIDATION_GOAL_RATIO = 1.3;

/** What it takes to be ahead of the baseline. */
export const AHEAD_RATIO = 1;

/** How much larger than Socket.IO's client a page is with the protocol's checks, lists of issues included. */
export const BUNDLE_GOAL_RATIO = 1.3;

/** How much longer the types of 300 events may take to check than those of 25. */
export const TYPE_CHECK_GOAL_RATIO = 3;

/** How many types the compiler may make of generic ones for an event more. */
export const INSTANTIATIONS_AN_EVENT = 400;

/** How much the processes of two nodes together, and what joins them, may cost for what one node does. */
export const NODES_GOAL_RATIO = 1.25;
