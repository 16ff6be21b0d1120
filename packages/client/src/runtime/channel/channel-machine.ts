import type { IncomingEvent } from '../base/event-hub';

/** A place in the journal of a room. */
export interface Position {
  /** Names one life of the journal: in another one, numbers start anew. */
  readonly epoch: string;
  /** 1, 2, 3 … without gaps. */
  readonly seq: number;
}

/** An event of a room's journal, and its place there; none on a server that does not number its events. */
export interface JournalEvent extends IncomingEvent {
  readonly at?: Position | undefined;
}

/** Events that wait, the newest first. */
interface Held {
  readonly event: JournalEvent;
  readonly older: Held | undefined;
  readonly size: number;
}

/** How far this client is in entering a room, and what it holds back of its journal. */
export interface ChannelMachine {
  /** Counts what was done to enter: what becomes of an attempt that is not the newest is of no interest. */
  readonly attempt: number;
  /** True where events are passed on as they come; else they are held until an attempt to enter succeeds. */
  readonly isLive: boolean;
  readonly held: Held | undefined;
  /** Whether every event that came in this attempt is still held. */
  readonly isWhole: boolean;
  /** The life of the journal that was entered last. */
  readonly epoch?: string | undefined;
  /** The life before it: it is over, and an event of it that comes late says nothing. */
  readonly pastEpoch?: string | undefined;
}

/** What is to be done, in this order. */
export type ChannelEffect =
  | { readonly type: 'apply'; readonly event: JournalEvent }
  /** Everything up to the place that was entered at is applied. */
  | { readonly type: 'entered' }
  /** Events are missing: the channel has to be entered again. */
  | { readonly type: 'gap' };

/** Events held at most; where more come, all but the newest are dropped, and what was missed cannot be told. */
const MAX_HELD = 10_000;

/** What a machine does next, and where that leaves it. */
export type Step = readonly [machine: ChannelMachine, effects: readonly ChannelEffect[]];

/** A machine that holds what comes until it has entered. */
export const NEW_CHANNEL: ChannelMachine = { attempt: 0, isLive: false, held: undefined, isWhole: true };

/** An attempt to enter begins, on a connection that has sent nothing of the room yet. */
export const beginEntering = (machine: ChannelMachine): ChannelMachine => ({
  ...machine,
  ...NEW_CHANNEL,
  attempt: machine.attempt + 1,
});

/** Nothing more is passed on. */
export const stopPassing = (machine: ChannelMachine): ChannelMachine => ({
  ...machine,
  isLive: false,
  held: undefined,
});

/** The place of an event, or of an answer; `undefined` where the server does not number its events. */
export function toPosition({ epoch, seq }: { epoch?: unknown; seq?: unknown }): Position | undefined {
  return typeof epoch === 'string' && typeof seq === 'number' ? { epoch, seq } : undefined;
}

/** Whether an event at `at` can change nothing any more: it was applied, or is of another life of the journal. */
export const isBehind = (at: Position | undefined, position: Position | undefined): boolean =>
  position !== undefined && at !== undefined && (at.epoch !== position.epoch || at.seq <= position.seq);

/** Whether everything between what is known and where the channel was entered has come. */
export function isWhole(
  { isWhole: hasAll }: ChannelMachine,
  at: Position,
  recovered: boolean | undefined,
  known: Position,
): boolean {
  if (at.epoch !== known.epoch) return false;
  return at.seq === known.seq || (recovered === true && hasAll);
}

function hold(machine: ChannelMachine, event: JournalEvent): ChannelMachine {
  const { held, isWhole } = machine;
  const isFull = held !== undefined && held.size >= MAX_HELD;
  const older = isFull ? undefined : held;
  return { ...machine, held: { event, older, size: (older?.size ?? 0) + 1 }, isWhole: isWhole && !isFull };
}

/** The held events of one life of the journal, by their numbers. */
function listHeld(held: Held | undefined, epoch: string | undefined): JournalEvent[] {
  const events: JournalEvent[] = [];
  for (let one = held; one; one = one.older) if (one.event.at?.epoch === epoch) events.push(one.event);
  return events.sort((one, other) => (one.at?.seq ?? 0) - (other.at?.seq ?? 0));
}

const isGap = (at: Position | undefined, reached: Position | undefined): boolean =>
  at !== undefined && reached !== undefined && (at.epoch !== reached.epoch || at.seq > reached.seq + 1);

/** Passes on what comes next, and holds the rest where something is missing before it. */
function passOn(
  machine: ChannelMachine,
  events: readonly JournalEvent[],
  position: Position | undefined,
  effects: ChannelEffect[],
): Step {
  let reached = position;
  for (const [index, event] of events.entries()) {
    if (event.at && event.at.epoch === machine.pastEpoch) continue;
    if (isGap(event.at, reached)) {
      const empty = { ...machine, held: undefined, isLive: false, isWhole: true };
      return [events.slice(index).reduce(hold, empty), [...effects, { type: 'gap' }]];
    }
    if (isBehind(event.at, reached)) continue;
    effects.push({ type: 'apply', event });
    reached = event.at ?? reached;
  }
  return [{ ...machine, held: undefined, isLive: true }, effects];
}

/** A machine that goes on in the life of the journal that `at` is of. */
const inLifeOf = (machine: ChannelMachine, at: Position | undefined): ChannelMachine =>
  !at || at.epoch === machine.epoch ? machine : { ...machine, epoch: at.epoch, pastEpoch: machine.epoch };

/**
 * The server has let this client in: applies what it sent before its answer, everything up to `at` unless the position is
 * there already, in which numbers may be missing; then goes on with what came after. `position` is the last event that was
 * applied, as far as one knows.
 */
export function finishEntering(
  entering: ChannelMachine,
  at: Position | undefined,
  position: Position | undefined,
): Step {
  const machine = inLifeOf(entering, at);
  const held = listHeld(machine.held, at?.epoch);
  const sent = held.filter((event) => isBehind(event.at, at));
  const effects: ChannelEffect[] = [];
  let reached = position;
  for (const event of sent) {
    if (isBehind(event.at, reached)) continue;
    effects.push({ type: 'apply', event });
    reached = event.at;
  }
  effects.push({ type: 'entered' });
  return passOn(machine, held.slice(sent.length), isBehind(at, reached) ? reached : at, effects);
}

/** Takes an event as it comes. `position` is the last one that was applied. */
export function acceptEvent(
  machine: ChannelMachine,
  event: JournalEvent,
  position: Position | undefined,
): Step {
  if (!event.at) return [machine, [{ type: 'apply', event }]];
  if (!machine.isLive) return [hold(machine, event), []];
  return passOn(machine, [event], position, []);
}
