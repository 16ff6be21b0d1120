import type { Variant } from './variant';

/** One thing that was measured, with a sample of every variant in every round. */
export interface Figure {
  /** What was done, such as `send → ack, 16 connections × 4 in flight`. */
  readonly title: string;
  /** What the samples count, such as `server CPU µs a message`. */
  readonly unit: string;
  readonly decimals: number;
  /** The ratio to plain Socket.IO that is to be met at most; left out where it is only informative. */
  readonly goal?: number;
  readonly samples: ReadonlyMap<Variant, readonly number[]>;
}

/** How much of plain Socket.IO's cost the chat server may have. */
export const GOAL_RATIO = 1.3;

/** Ratios to plain Socket.IO, round by round: noise that lasts longer than a round cancels out. */
export function ratiosToPlain({ samples }: Figure, variant: Variant): number[] {
  const plain = samples.get('plain') ?? [];
  return (samples.get(variant) ?? []).map((sample, round) => sample / (plain[round] ?? Number.NaN));
}
