import type { Change } from './change';
import { isDeployed } from './plan';
import type { RunLog } from './run-log';
import type { MemberView, Position } from './run-record';
import { type Head, readHeads } from './server-heads';
import type { Servers } from './servers';
import type { Wire } from './wire';
import type { Member } from './workload';

/** What a {@link Convergence} needs. */
export interface ConvergenceSettings {
  readonly change: Change;
  readonly log: RunLog;
  readonly members: readonly Member[];
  readonly channelIds: readonly string[];
  readonly servers: Servers;
  readonly wire: Wire;
}

/** Where a member stands, and where the servers do. */
export interface Late {
  readonly client: string;
  readonly channelId: string;
  readonly position: Position | undefined;
  readonly head: Position | undefined;
  readonly unsent: number;
  readonly hasOlder: boolean;
  /** Answers that it shows as still being said. */
  readonly streaming: number;
}

type Heads = ReadonlyMap<string, Head>;

/** As often as a channel may be created anew while everybody comes to rest. */
const MAX_ATTEMPTS = 5;

const isSame = (one: Position | undefined, other: Position | undefined) =>
  one?.epoch === other?.epoch && one?.seq === other?.seq;

/** Where somebody is who knows no numbers: at the head, once the newest messages are there, and no other where these are all. */
function placeOf({ messages }: MemberView, head: Head | undefined): Position | undefined {
  const { ids = [], isAll = false } = head?.tail ?? {};
  const shown = new Set(messages.map(({ id }) => id));
  const hasOthers = isAll && shown.size !== ids.length;
  return ids.every((id) => shown.has(id)) && !hasOthers ? head : undefined;
}

/** Compares where members stand with where the servers do. */
export class Convergence {
  constructor(private readonly settings: ConvergenceSettings) {}

  /** Those of `members` that do not get as far as the servers are now within the time, others going on or not. */
  async findBehind(members: readonly Member[], withinMs: number): Promise<Late[]> {
    const heads = await this.readHeads();
    const isBehind = ({ position, head }: Late) =>
      head !== undefined && (position?.epoch !== head.epoch || position.seq < head.seq);
    const listBehind = () => this.list(members, heads).filter(isBehind);
    if (await this.settings.change.until(() => listBehind().length === 0, withinMs)) return [];
    const later = await this.readHeads();
    // Who knows no numbers may be further.
    const behindLater = this.list(members, later).filter(isBehind);
    const isStillBehind = ({ client, channelId }: Late) =>
      behindLater.some((one) => one.client === client && one.channelId === channelId);
    // A channel that was deleted meanwhile has another life, or none.
    return listBehind().filter(
      (late) => later.get(late.channelId)?.epoch === heads.get(late.channelId)?.epoch && isStillBehind(late),
    );
  }

  /** Those of `members` that do not stand where the servers do, when these stand still; none where all do within the time. */
  async findLate(members: readonly Member[], withinMs: number): Promise<Late[]> {
    const { change, channelIds } = this.settings;
    const isThere = ({ position, head, unsent, hasOlder, streaming }: Late) =>
      head && isSame(position, head) && unsent + streaming === 0 && !hasOlder;
    const listLate = (heads: Heads) => this.list(members, heads).filter((late) => !isThere(late));
    let heads = await this.readHeads();
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      if (!(await change.until(() => listLate(heads).length === 0, withinMs))) break;
      const later = await this.readHeads();
      if (channelIds.every((id) => heads.has(id) && isSame(later.get(id), heads.get(id)))) return [];
      heads = later;
    }
    return listLate(heads);
  }

  /** Asked of one server: they have one store. */
  private async readHeads(): Promise<Heads> {
    const { servers, channelIds, wire } = this.settings;
    const [{ port } = { port: 0 }] = servers.all;
    return readHeads(`http://127.0.0.1:${port}`, channelIds, wire);
  }

  private list(members: readonly Member[], heads: Heads): Late[] {
    return members.flatMap(({ name, kind, client }) =>
      this.settings.channelIds.map((channelId): Late => {
        const view = client.view(channelId);
        const { unsent, hasOlder, streaming } = view;
        const head = heads.get(channelId);
        const position = isDeployed(kind) ? placeOf(view, head) : view.position;
        const counts = { unsent: unsent.length, streaming: streaming.length };
        return { client: name, channelId, position, head, hasOlder, ...counts };
      }),
    );
  }
}
