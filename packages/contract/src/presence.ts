import type { PayloadSchema } from './payload-schema';

/** The states of members, by the kind of room: what {@link ContractOptions.presence} declares. */
export type PresenceRegistry = Readonly<Record<string, PayloadSchema>>;

/** What the other members of a room are told of who somebody is; whatever is in it besides is the server's to say. */
export interface PublicIdentity {
  /** Names the member in the room: two connections with the same one are one member. */
  readonly entityId: string;
  /** Display name. */
  readonly name?: string;
  readonly [more: string]: unknown;
}

/** Somebody who is in a room. */
export interface PresenceMember<State = unknown> {
  readonly identity: PublicIdentity;
  /** What the member does right now; left out where it has not said so, or not for a while. */
  readonly state?: State | undefined;
}

/** A member whose state is another one. */
export interface PresenceUpdate<State = unknown> {
  readonly entityId: string;
  /** Left out where there is none any more. */
  readonly state?: State | undefined;
}

/**
 * Who is in a room, as the server tells it: everybody (`members`), or what has changed. Where only the count is told, the
 * room is too big for more.
 */
export interface PresenceChange<State = unknown> {
  /** How many members the room has. */
  readonly count: number;
  /** All of them: takes the place of what was told before. */
  readonly members?: readonly PresenceMember<State>[] | undefined;
  /** Those who came, or are another now. */
  readonly joined?: readonly PresenceMember<State>[] | undefined;
  /** Those who went, by their `entityId`. */
  readonly left?: readonly string[] | undefined;
  readonly updated?: readonly PresenceUpdate<State>[] | undefined;
}
