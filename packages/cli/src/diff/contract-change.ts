/** What a change is, by a stable name. */
export const CHANGE_KINDS = [
  'contract-renamed',
  'extends-added',
  'extends-removed',
  'extends-changed',
  'type-renamed',
  'event-added',
  'event-removed',
  'payload-added',
  'payload-removed',
  'reply-added',
  'reply-removed',
  'stream-added',
  'stream-removed',
  'resume-added',
  'resume-removed',
  'resume-changed',
  'durable-added',
  'durable-removed',
  'key-added',
  'key-removed',
  'key-changed',
  'limit-raised',
  'limit-lowered',
  'room-added',
  'room-removed',
  'room-changed',
  'actor-added',
  'actor-removed',
  'actor-changed',
  'event-error-added',
  'event-error-removed',
  'error-added',
  'error-removed',
  'error-retryable-changed',
  'error-text-changed',
  'error-data-added',
  'error-data-removed',
  'presence-added',
  'presence-removed',
  'since-changed',
  'deprecated-added',
  'deprecated-removed',
  'deprecated-changed',
  'description-changed',
  'examples-changed',
  'default-changed',
  'property-added',
  'property-required-added',
  'property-removed',
  'property-required-removed',
  'property-made-required',
  'property-made-optional',
  'additional-properties-changed',
  'type-changed',
  'enum-value-added',
  'enum-value-removed',
  'enum-added',
  'enum-removed',
  'bound-tightened',
  'bound-loosened',
  'multiple-changed',
  'unique-items-changed',
  'pattern-changed',
  'format-changed',
  'union-branch-added',
  'union-branch-removed',
  'schema-changed',
  'schema-undecided',
] as const;

/** Stable name of what a change is. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** How much a change asks of those who use the contract; `levelOf` has the rule. */
export type ChangeLevel = 'breaking' | 'feature' | 'patch';

/** One difference between two versions of a contract. */
export interface ContractChange {
  /** Where: `clientToServer/send_message/payload/text`. */
  readonly path: string;
  readonly kind: ChangeKind;
  readonly level: ChangeLevel;
  /** What changed. */
  readonly message: string;
  /** Why it has this level: whom it breaks, and how. */
  readonly reason: string;
  /** What was there; left out where nothing was. */
  readonly before?: unknown;
  /** What is there now; left out where nothing is. */
  readonly after?: unknown;
}

/** All differences between two versions of a contract, and the part of the version they ask to be raised. */
export interface ContractDiff {
  /** Part of the version that has to be raised for all changes together. */
  readonly bump: 'major' | 'minor' | 'patch' | 'none';
  /** Every change, with its place. */
  readonly changes: readonly ContractChange[];
}
