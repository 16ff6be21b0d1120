import { type Contract, type PayloadOf, SESSION_EVENTS, type SessionNames } from '@wirepact/contract/runtime';
import type { EventCost, EventCosts, Subject } from '../gateway/route';
import type { SessionConnection, Sessions } from '../gateway/sessions';
import type { Streams } from '../streams/streams';

const { heartbeat, authenticate, join, leave, streamCredit, streamCancel, watchPresence, updatePresence } =
  SESSION_EVENTS.clientToServer;

/** What keeping a connection costs, so that it takes next to nothing from what somebody wants to say. Sums of it are exact. */
export const UPKEEP = 1 / 8;
/** Events of a room that may be read for a point. */
export const READ_FOR_A_POINT = 100;
/** Heartbeats that come faster than this are no upkeep. */
const HEARTBEAT_INTERVAL_MS = 10_000;

/** What saying what one does costs at the pace at which others are told of it. */
const STATE_COST = UPKEEP / 8;
/** States of a room that come faster than this are no upkeep. */
const STATE_INTERVAL_MS = 200;
/** Rooms of which a connection may say states at that pace at once. */
const MAX_PACED_ROOMS = 128;

/** Whatever a handler is given has the connection in it. */
interface OfConnection {
  readonly connection: SessionConnection;
}

type SessionHandler<Payload> = (context: OfConnection, payload: Payload) => unknown;

/** What answers the events of the session. */
export interface SessionDeps {
  readonly names: SessionNames;
  readonly sessions: Pick<Sessions, 'reauthenticate'>;
  readonly streams: Pick<Streams, 'grant' | 'cancel' | 'isUpkeep'>;
}

/** Whether a contract has rooms with a journal. */
export const hasChannels = ({ serverToClient }: Pick<Contract, 'serverToClient'>): boolean =>
  Object.values(serverToClient).some(({ durable }) => durable);

/** A contract with those events of the session that it does not have itself. */
export const withSessionEvents = (contract: Contract, names: SessionNames): Contract => ({
  ...contract,
  clientToServer: {
    [names.heartbeat]: heartbeat,
    [names.authenticate]: authenticate,
    [names.streamCredit]: streamCredit,
    [names.streamCancel]: streamCancel,
    ...(hasChannels(contract) && { [names.join]: join, [names.leave]: leave }),
    ...(hasChannels(contract) &&
      contract.presence && {
        [names.watchPresence]: watchPresence,
        [names.updatePresence]: updatePresence,
      }),
    ...contract.clientToServer,
  },
});

/** Names of the events of the session that nobody needs permission for. */
export const sessionEventsOf = (names: SessionNames): string[] => [
  names.heartbeat,
  names.authenticate,
  names.streamCredit,
  names.streamCancel,
  names.leave,
  // Whoever was let into a room may see who is there.
  names.watchPresence,
  names.updatePresence,
];

/** What an event is about: joining and leaving are about the room that their payload names. */
export function addressed(names: SessionNames, subject: Subject): Subject {
  if (subject.room || (subject.event !== names.join && subject.event !== names.leave)) return subject;
  // Its payload was checked against the event of the session.
  const { room: name, id } = subject.payload as PayloadOf<typeof leave>;
  return { ...subject, room: { name, id } };
}

/** What answers the events of the session, for every contract. */
export function createSessionHandlers({ names, sessions, streams }: SessionDeps) {
  const renew: SessionHandler<PayloadOf<typeof authenticate>> = ({ connection }, { auth }) =>
    sessions.reauthenticate(connection, auth);
  const grant: SessionHandler<PayloadOf<typeof streamCredit>> = ({ connection }, { stream, credit }) =>
    streams.grant(connection, stream, credit);
  const cancel: SessionHandler<PayloadOf<typeof streamCancel>> = ({ connection }, { stream }) =>
    streams.cancel(connection, stream);
  return {
    [names.heartbeat]: () => ({ time: Date.now() }),
    [names.authenticate]: renew,
    [names.streamCredit]: grant,
    [names.streamCancel]: cancel,
  };
}

/** What coming into a room costs: a point, or where somebody comes back, what it has missed. */
export const JOIN_COST: EventCost<
  unknown,
  { readonly resume?: { readonly seq: number } | undefined },
  { readonly seq?: number | undefined; readonly recovered?: boolean | undefined }
> = {
  onArrival: ({ resume }) => (resume ? UPKEEP : 1),
  onReply: ({ resume }, { seq, recovered }) =>
    resume && recovered && seq !== undefined ? Math.floor((seq - resume.seq) / READ_FOR_A_POINT) : 0,
};

/** What it costs to ask who is in a room. */
export const WATCH_COST: EventCost<unknown> = { onArrival: () => UPKEEP };

/** What it costs to say what one does: next to nothing, at the pace at which others in the room are told of it. */
export function createStateCost<Context extends OfConnection, Payload>(
  roomOf: (payload: Payload) => string,
): EventCost<Context, Payload> {
  const paces = new WeakMap<object, Map<string, number>>();
  return {
    onArrival(payload, { connection }) {
      const now = performance.now();
      const rooms = paces.get(connection) ?? new Map<string, number>();
      paces.set(connection, rooms);
      const room = roomOf(payload);
      const isFast = (before = Number.NEGATIVE_INFINITY) => now - before < STATE_INTERVAL_MS;
      const [oldest] = rooms.size < MAX_PACED_ROOMS ? [] : rooms.entries();
      if (isFast(rooms.get(room)) || isFast(oldest?.[1])) return 1;
      if (oldest) rooms.delete(oldest[0]);
      // The rooms stay in the order in which they were last spoken of.
      rooms.delete(room);
      rooms.set(room, now);
      return STATE_COST;
    },
  };
}

/** What a heartbeat costs: a point where it comes faster than at its usual pace, and for the first. */
function createBeatCost<Context extends OfConnection>(): EventCost<Context> {
  const last = new WeakMap<object, number>();
  return {
    onArrival(_payload, { connection }) {
      const now = performance.now();
      const before = last.get(connection) ?? Number.POSITIVE_INFINITY;
      last.set(connection, now);
      return now - before < HEARTBEAT_INTERVAL_MS ? 1 : UPKEEP;
    },
  };
}

/** What the events of the session cost: at their usual pace next to nothing. */
export function createSessionCosts<Context extends OfConnection>({
  names,
  streams,
}: Pick<SessionDeps, 'names' | 'streams'>): EventCosts<Context> {
  const beat = createBeatCost<Context>();
  const state = createStateCost<Context, PayloadOf<typeof updatePresence>>(({ room, id }) => `${room}:${id}`);
  const credit: EventCost<Context, PayloadOf<typeof streamCredit>> = {
    onArrival: ({ stream }, { connection }) => (streams.isUpkeep(connection, stream) ? 0 : UPKEEP),
  };
  return {
    [names.heartbeat]: beat,
    [names.watchPresence]: WATCH_COST,
    // Each is only asked about what its event's schema has accepted, which no type can say here.
    [names.updatePresence]: state as EventCost<Context>,
    [names.join]: JOIN_COST as EventCost<Context>,
    [names.streamCredit]: credit as EventCost<Context>,
    [names.streamCancel]: { onArrival: () => UPKEEP },
  };
}
