import type { ChangeLevel } from './contract-change';
import { canReceive, type PlacedSchema } from './proof/can-receive';

/** Which side sends the values of a schema: clients send payloads of `clientToServer`, servers all else. */
export type Sender = 'client' | 'server';

/** What one place of a contract was and is, and who sends what stands there. */
export interface SchemaPair {
  readonly before: PlacedSchema;
  readonly after: PlacedSchema;
  readonly sender: Sender;
}

/** Which deployments of an old and a new side are proved to understand each other. */
export interface Compatibility {
  /** Old clients and a new server. */
  readonly oldClients: boolean;
  /** New clients and an old server. */
  readonly oldServers: boolean;
}

/** What a receiver of either version is proved to accept of what a sender of the other one may send. */
export interface Receiving {
  readonly newReceivesOld: boolean;
  readonly oldReceivesNew: boolean;
}

/** Which deployments that means, where `sender` is the side that sends. */
export const toCompatibility = (
  sender: Sender,
  { newReceivesOld, oldReceivesNew }: Receiving,
): Compatibility =>
  sender === 'client'
    ? { oldClients: newReceivesOld, oldServers: oldReceivesNew }
    : { oldClients: oldReceivesNew, oldServers: newReceivesOld };

/** Which sides understand each other: the receiver of each deployment accepts whatever its sender may send. */
export const compatibilityOf = ({ before, after, sender }: SchemaPair): Compatibility =>
  toCompatibility(sender, {
    newReceivesOld: canReceive(after, before),
    oldReceivesNew: canReceive(before, after),
  });

/** Nothing is proved. */
export const UNPROVED: Compatibility = { oldClients: false, oldServers: false };

/** What is proved of something inside another: what is proved of the whole holds for each of its parts. */
export const within = (whole: Compatibility, part: Compatibility): Compatibility => ({
  oldClients: whole.oldClients || part.oldClients,
  oldServers: whole.oldServers || part.oldServers,
});

/**
 * The rule of compatibility, for all changes.
 *
 * - **breaking**: an old client and a new server may misunderstand each other. Clients are in the hands of others and
 *   stay old for long, so within a major version this never happens.
 * - **feature**: a new client and an old server may, or there is something new to use. A client that needs it asks for
 *   this version at least when it connects (`auth.protocol`), and an old server answers `VERSION_UNSUPPORTED`.
 * - **patch**: neither may. Only words have changed.
 *
 * So what clients send may be widened within a major version, and what servers send may be narrowed; but for durable events,
 * as the server reads from journals what it has published before.
 *
 * The rule is about two versions. What one version no longer sends, the next may give another meaning; so a release is
 * compared with every version of its major that is still in use, not with the last one only.
 */
export function levelOf({ oldClients, oldServers }: Compatibility): ChangeLevel {
  if (!oldClients) return 'breaking';
  return oldServers ? 'patch' : 'feature';
}

/** Why a change has its level, where a side may send `values` that the other one refuses. */
export function reasonFor(level: ChangeLevel, sender: Sender, values: string): string {
  if (level === 'patch') return 'Both sides accept what the other one may send.';
  if (level === 'breaking')
    return sender === 'client'
      ? `Old clients may send ${values}, which the new server refuses.`
      : `The new server may send ${values}, which old clients refuse.`;
  const advice = 'clients that need the new version ask for it when they connect';
  return sender === 'client'
    ? `New clients may send ${values}, which an old server refuses; ${advice}.`
    : `An old server may send ${values}, which new clients refuse; ${advice}.`;
}

/**
 * The level of one change, and why: what is proved of it `alone`, where the `whole` that it is in is not proved to be
 * better.
 */
export function judge(
  whole: Compatibility,
  alone: Compatibility,
  reasonOf: (level: ChangeLevel) => string,
): { readonly level: ChangeLevel; readonly reason: string } {
  const level = levelOf(within(whole, alone));
  const reason = level === levelOf(alone) ? reasonOf(level) : 'The rest of the schema makes up for it.';
  return { level, reason };
}

/** Of a value before and after, the one that is sent where the two sides misunderstand each other. */
export const sentOf = <Value>(level: ChangeLevel, sender: Sender, before: Value, after: Value): Value =>
  (level === 'breaking') === (sender === 'client') ? before : after;
