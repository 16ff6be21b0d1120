import { type PresenceChange, SESSION_EVENTS } from '@wirepact/contract/runtime';

/** Characters that the name of a process, or of a room, has at most. */
const MAX_NAME = 512;

/** A room, and who of it is in the process that tells of it. */
export type RoomPart = readonly [roomId: string, change: PresenceChange];

/** A room, and whether the process wants to be told of it. */
export type RoomWish = readonly [roomId: string, isWanted: boolean];

/** What server processes tell each other of who is in rooms. */
export interface PeerMessage {
  /** The process that tells it; another one after each start. */
  readonly from: string;
  /** Counts what this process has told: a message that says nothing has the number of the one before. */
  readonly number: number;
  readonly wishes?: readonly RoomWish[];
  readonly parts?: readonly RoomPart[];
  /** Processes that are to tell all of it again, as something of it was lost. */
  readonly ask?: readonly string[];
  /** Begins, or ends, the telling of all there is: what is not in between is no more. */
  readonly all?: 'begin' | 'end';
  /** It tells nothing more. */
  readonly isGone?: boolean;
}

const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_NAME;

const isListOf =
  (isItem: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || (Array.isArray(value) && value.every(isItem));

const isWish = (value: unknown) => Array.isArray(value) && isName(value[0]) && typeof value[1] === 'boolean';

function isPart(value: unknown): boolean {
  if (!Array.isArray(value) || !isName(value[0])) return false;
  const { payload } = SESSION_EVENTS.serverToClient.presenceChanged;
  return payload.check({ room: 'room', id: 'id', ...value[1] });
}

/** Whether what another process has sent is a message; one of another version may send what is none. */
export function isPeerMessage(value: unknown): value is PeerMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { from, number, wishes, parts, ask, all }: Record<string, unknown> = { ...value };
  return (
    isName(from) &&
    Number.isSafeInteger(number) &&
    isListOf(isWish)(wishes) &&
    isListOf(isPart)(parts) &&
    isListOf(isName)(ask) &&
    (all === undefined || all === 'begin' || all === 'end')
  );
}
