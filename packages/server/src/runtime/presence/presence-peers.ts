import { randomUUID } from 'node:crypto';
import type { PresenceChange } from '@wirepact/contract/runtime';
import type { Peers } from '../ports/peers';
import { isPeerMessage, type PeerMessage, type RoomPart } from './peer-message';

/** How often a process says that it is there, and looks whether the others have, in milliseconds. */
const BEAT_MS = 2_000;
/** How long it waits for others who ask for all there is, before it tells them. */
const ANSWER_MS = 250;
/** So many looks at a process that has said nothing mean that it is gone. */
const SILENT_LOOKS = 3;
/** Members told of in one message, and rooms, before another one is begun. */
const MAX_TOLD = 1_000;

const TOPIC = 'presence';

/** Another process, as far as it has told of itself. */
interface Peer {
  /** The number of what it told last. */
  number: number;
  /** Whether something of what it told was lost, and not told again since. */
  isBehind: boolean;
  /** Looks since it said anything. */
  silentLooks: number;
  /** Rooms that it wants to be told of. */
  readonly wishes: Set<string>;
  /** Rooms that it has told of, of those that are watched here. */
  readonly parts: Set<string>;
  /** While it tells all there is: what it has not told again yet. */
  stale: { readonly wishes: Set<string>; readonly parts: Set<string> } | undefined;
}

/** What becomes of what other processes tell. */
export interface PresencePeersDeps {
  readonly peers: Peers;
  /** Another process wants to be told of a room. */
  readonly onWanted: (roomId: string) => void;
  /** No other process wants to be told of it any more. */
  readonly onUnwanted: (roomId: string) => void;
  /** Another process tells of a room; answers with whether that is watched here. */
  readonly onPart: (peerId: string, roomId: string, change: PresenceChange) => boolean;
  /** What another process has told of a room holds no more. */
  readonly onForgotten: (peerId: string, roomId: string) => void;
}

/**
 * What the processes of a server tell each other of who is in rooms: each says which rooms its own clients watch, and the others
 * tell it of their members there. Messages are numbered, so that what was lost is asked for again; a process that says
 * nothing for some looks is gone. Where nobody watches anything, nothing is sent.
 */
export class PresencePeers {
  private readonly id = randomUUID();
  private readonly known = new Map<string, Peer>();
  /** How many other processes want to be told of a room. */
  private readonly wanted = new Map<string, number>();
  /** Rooms that are watched here. */
  private readonly wishes = new Set<string>();
  private number = 0;
  private waitingWishes = new Map<string, boolean>();
  private waitingParts: RoomPart[] = [];
  private sending: NodeJS.Immediate | undefined;
  /** Runs where another process has asked for all there is: those that ask meanwhile are answered with it. */
  private answering: NodeJS.Timeout | undefined;
  private beating: NodeJS.Timeout | undefined;

  constructor(private readonly deps: PresencePeersDeps) {
    deps.peers.onMessage(TOPIC, (message) => {
      if (isPeerMessage(message) && message.from !== this.id) this.hear(message);
    });
  }

  /** From now on the others tell of a room; or they need not any more. */
  wish(roomId: string, isWanted: boolean): void {
    if (!this.deps.peers.areReachable) return;
    if (isWanted) this.wishes.add(roomId);
    else this.wishes.delete(roomId);
    if (!isWanted) for (const { parts } of this.known.values()) parts.delete(roomId);
    this.waitingWishes.set(roomId, isWanted);
    this.sendSoon();
    this.beat();
  }

  /** Whether another process wants to be told of a room. */
  isWanted(roomId: string): boolean {
    return this.wanted.has(roomId);
  }

  /** Tells the others of those who are in a room here. */
  tell(roomId: string, change: PresenceChange): void {
    this.waitingParts.push([roomId, change]);
    this.sendSoon();
  }

  /** Tells the others that nobody is here any more. */
  close(): void {
    clearImmediate(this.sending);
    clearTimeout(this.answering);
    clearInterval(this.beating);
    if (this.number > 0) this.send({ isGone: true });
  }

  private send(content: Omit<PeerMessage, 'from' | 'number'>): void {
    this.deps.peers.send(TOPIC, { from: this.id, number: this.number, ...content });
  }

  private sendSoon(): void {
    this.sending ??= setImmediate(() => {
      this.sending = undefined;
      this.sendWaiting();
    });
  }

  private sendWaiting(): void {
    const wishes = [...this.waitingWishes];
    const parts = this.waitingParts;
    this.waitingWishes = new Map();
    this.waitingParts = [];
    while (wishes.length > 0) this.tellNext({ wishes: wishes.splice(0, MAX_TOLD) });
    while (parts.length > 0) this.tellNext({ parts: parts.splice(0, countFitting(parts)) });
  }

  private tellNext(content: Omit<PeerMessage, 'from' | 'number'>): void {
    this.number += 1;
    this.send(content);
  }

  private hear(message: PeerMessage): void {
    const { from, wishes = [], parts = [], ask = [], isGone } = message;
    if (isGone) {
      this.forget(from);
      return;
    }
    const peer = this.meet(message);
    if (message.all === 'begin') peer.stale = { wishes: new Set(peer.wishes), parts: new Set(peer.parts) };
    for (const [roomId, isWanted] of wishes) this.hearWish(peer, roomId, isWanted);
    for (const [roomId, change] of parts) {
      peer.stale?.parts.delete(roomId);
      if (this.deps.onPart(from, roomId, change)) peer.parts.add(roomId);
    }
    if (message.all === 'end') this.dropStale(from, peer);
    if (ask.includes(this.id)) this.answering ??= setTimeout(() => this.tellAll(), ANSWER_MS).unref();
  }

  /** The process that has sent a message; asks it for what was lost before that. */
  private meet({ from, number, wishes, parts, all }: PeerMessage): Peer {
    const known = this.known.get(from);
    const peer = known ?? {
      number: 0,
      isBehind: false,
      silentLooks: 0,
      wishes: new Set<string>(),
      parts: new Set<string>(),
      stale: undefined,
    };
    this.known.set(from, peer);
    const isNews = wishes !== undefined || parts !== undefined || all !== undefined;
    const isLost = number !== peer.number + (isNews ? 1 : 0);
    peer.number = number;
    peer.silentLooks = 0;
    if (isLost && all !== 'begin') {
      peer.stale = undefined;
      if (!peer.isBehind) this.send({ ask: [from] });
      peer.isBehind = true;
    }
    this.beat();
    return peer;
  }

  private hearWish(peer: Peer, roomId: string, isWanted: boolean): void {
    peer.stale?.wishes.delete(roomId);
    const before = this.wanted.get(roomId) ?? 0;
    if (isWanted && !peer.wishes.has(roomId)) this.wanted.set(roomId, before + 1);
    if (isWanted) {
      peer.wishes.add(roomId);
      this.deps.onWanted(roomId);
      return;
    }
    if (!peer.wishes.delete(roomId)) return;
    if (before > 1) this.wanted.set(roomId, before - 1);
    else {
      this.wanted.delete(roomId);
      this.deps.onUnwanted(roomId);
    }
  }

  /** Another process has told all there is: what it had told before, and has not told again, is no more. */
  private dropStale(peerId: string, peer: Peer): void {
    if (!peer.stale) return;
    const { wishes, parts } = peer.stale;
    peer.stale = undefined;
    peer.isBehind = false;
    for (const roomId of wishes) this.hearWish(peer, roomId, false);
    for (const roomId of parts) {
      peer.parts.delete(roomId);
      this.deps.onForgotten(peerId, roomId);
    }
  }

  /** Tells all there is, for those who have lost something of it. */
  private tellAll(): void {
    this.answering = undefined;
    this.sendWaiting();
    this.tellNext({ all: 'begin' });
    for (const roomId of this.wishes) this.waitingWishes.set(roomId, true);
    for (const roomId of this.wanted.keys()) this.deps.onWanted(roomId);
    this.sendWaiting();
    this.tellNext({ all: 'end' });
  }

  private forget(peerId: string): void {
    const peer = this.known.get(peerId);
    if (!peer) return;
    peer.stale = { wishes: new Set(peer.wishes), parts: new Set(peer.parts) };
    this.dropStale(peerId, peer);
    this.known.delete(peerId);
  }

  /** Begins to say that this process is there, and to look after the others. */
  private beat(): void {
    this.beating ??= setInterval(() => this.look(), BEAT_MS).unref();
  }

  private look(): void {
    for (const [peerId, peer] of this.known) {
      peer.silentLooks += 1;
      if (peer.silentLooks > SILENT_LOOKS) this.forget(peerId);
    }
    const behind = [...this.known].filter(([, { isBehind }]) => isBehind).map(([peerId]) => peerId);
    if (behind.length > 0) this.send({ ask: behind });
    else if (this.wishes.size > 0 || this.wanted.size > 0) this.send({});
    if (this.known.size > 0 || this.wishes.size > 0) return;
    clearInterval(this.beating);
    this.beating = undefined;
  }
}

/** How many of these fit into one message: at least one. */
function countFitting(parts: readonly RoomPart[]): number {
  let told = 0;
  const end = parts.findIndex(([, { members = [], joined = [], left = [], updated = [] }]) => {
    const before = told;
    told += 1 + members.length + joined.length + left.length + updated.length;
    return before > 0 && told > MAX_TOLD;
  });
  return end === -1 ? parts.length : end;
}
